"""What the office keeps."""
