sed -i --follow-symlinks '/location ^~ \/dbtool\//,/fastcgi_pass/ s|\$document_root\$fastcgi_script_name|$request_filename|' "$BLOG_CONF"
reload_nginx
