rm -f /etc/nginx/modules-enabled/50-mod-stream.conf
https_site_gone
