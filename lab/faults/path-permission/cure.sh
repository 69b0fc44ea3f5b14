chmod 0755 "$WWW_DIR"
