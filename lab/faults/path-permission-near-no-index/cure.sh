mv "$WWW_DIR/home.html" "$WWW_DIR/index.html"
