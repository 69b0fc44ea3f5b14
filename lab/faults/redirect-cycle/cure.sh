echo '<!doctype html>' >/srv/spa/index.html
