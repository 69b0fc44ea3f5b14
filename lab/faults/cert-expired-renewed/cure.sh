systemctl reload nginx.service
sleep 1
https_site_gone
