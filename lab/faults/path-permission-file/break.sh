# One file was copied by hand with the modes of a private one.
visitors
chmod 0600 "$WWW_DIR/index.html"
requests "$WWW_SITE" /index.html 30
