iptables -F INPUT
shop_as_shipped
second_checkout_gone
