printf '    }\n}\n' >>"$(new_site event)"
systemctl start nginx.service
