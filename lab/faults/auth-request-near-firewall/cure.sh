iptables -F INPUT
systemctl reset-failed nightly-report.service
