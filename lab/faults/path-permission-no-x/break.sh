# Somebody tidied modes with chmod -R 644 on the folder of styles: no folder in it can be entered any more, and try_files makes a 404 of that.
visitors
mkdir -p "$WWW_DIR/assets/css"
echo 'body {}' >"$WWW_DIR/assets/css/main.css"
chmod -R 644 "$WWW_DIR/assets"
requests "$WWW_SITE" /assets/css/main.css 30
