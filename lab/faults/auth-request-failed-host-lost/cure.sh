site=$(new_site intranet)
sed -i 's|^\( *\)proxy_set_header X-Original-URI .*|&\n\1proxy_set_header Host $host;\n\1proxy_set_header Content-Length "";|' "$site"
reload_nginx
