other_server_gone broker.service
rm -rf /etc/nginx/modules-enabled/50-mod-stream.conf /etc/ssl/broker
https_site_gone
