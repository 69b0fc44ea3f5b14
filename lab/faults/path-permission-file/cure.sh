chmod 0644 "$WWW_DIR/index.html"
