systemctl stop web-container.service
ip netns del web
systemctl enable -q nginx.service
nginx_unit_as_shipped
