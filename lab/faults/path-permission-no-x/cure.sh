chmod -R u=rwX,go=rX "$WWW_DIR/assets"
chmod 0755 "$WWW_DIR/assets" "$WWW_DIR/assets/css"
