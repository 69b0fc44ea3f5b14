ip -n twin address del 2001:db8:70::7/64 dev eth0
ip -6 address del 2001:db8:70::7/64 dev lan0
ip -6 address add 2001:db8:70::7/64 dev lan0 nodad
nginx_unit_as_shipped
