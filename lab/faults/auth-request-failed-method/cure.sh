site=$(new_site wiki)
sed -i 's|^\( *\)proxy_pass_request_body off;|&\n\1proxy_method POST;|' "$site"
reload_nginx
