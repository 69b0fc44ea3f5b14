sed -i 's|^    root .*|&\n    error_page 405 =200 $uri;|' "$(new_site contact)"
reload_nginx
