# A copied virtual machine has the IPv6 address of this host; the kernel noticed (dadfailed), shows the address on the interface, and lets nobody use it.
visitors
ip netns add twin
ip link add lan0 type veth peer name eth0 netns twin
ip -n twin address add 2001:db8:70::7/64 dev eth0 nodad
ip -n twin link set eth0 up
ip link set lan0 up
sleep 1
ip -6 address add 2001:db8:70::7/64 dev lan0
wait_until 10 eval 'ip -6 address show dev lan0 | grep -q dadfailed'
printf 'server {\n    listen [2001:db8:70::7]:8443;\n    server_name lan.example.com;\n    root %s;\n}\n' "$WWW_DIR" >"$(new_site lan)"
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
