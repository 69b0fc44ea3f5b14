# The path to the backend loses large packets without a word, as a tunnel with a small MTU and filtered ICMP does: small requests
# pass, uploads hang. The loss is in the namespace of the backend, where this host cannot look.
visitors
remote_backend
ip netns exec backend iptables -A INPUT -p tcp -m length --length 700:65535 -j DROP
shop_timeout send 4
shop_timeout read 4
reload_nginx
head -c 60000 /dev/zero >/tmp/upload
shop_requests 15 0.1 -X POST --data-binary @/tmp/upload
