nginx_unit_as_shipped
https_site_gone
rm -rf /root/.acme.sh
