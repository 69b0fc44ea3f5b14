# A tool was added below the blog's name by alias: $document_root$fastcgi_script_name then has the folder's name twice.
visitors
mkdir -p /srv/dbtool
echo '<?php echo "tool\n";' >/srv/dbtool/index.php
keep "$BLOG_CONF"
sed -i --follow-symlinks "s|^\([ \t]*\)server_name $(plain_text "$BLOG_SITE");\$|&\n\1location ^~ /dbtool/ {\n\1    alias /srv/dbtool/;\n\1    index index.php;\n\1    location ~ \\\\.php\$ {\n\1        include fastcgi_params;\n\1        fastcgi_param SCRIPT_FILENAME \$document_root\$fastcgi_script_name;\n\1        fastcgi_pass unix:$BLOG_SOCK;\n\1    }\n\1}|" "$BLOG_CONF"
reload_nginx
requests "$BLOG_SITE" / 10 >/dev/null
requests "$BLOG_SITE" /dbtool/index.php 25
