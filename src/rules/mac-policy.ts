import type { Denial, MandatoryAccess } from '../probes/mac.ts'

/** What nginx was refused. */
export type Refused =
  | { readonly kind: 'connect'; readonly port: number }
  | { readonly kind: 'bind'; readonly port: number }
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'file'; readonly path: string }

/** What to allow, as exactly as the record tells: boolean, port type, file context or profile line (httpd_selinux(8), apparmor.d(5)). */
export function allowSteps(record: Denial | undefined, refused: Refused, mac: MandatoryAccess): readonly string[] {
  if (record?.system === 'apparmor') return apparmorSteps(record, refused)
  switch (refused.kind) {
    case 'connect':
      return connectSteps(refused.port, mac)
    case 'bind':
      return [
        `semanage port -a -t http_port_t -p tcp ${refused.port}   # -m instead of -a when the port has a type already`,
        'systemctl start nginx',
      ]
    case 'socket':
      return [
        `ls -Z ${refused.path}   # a type that httpd_t may connect to, httpd_var_run_t for example`,
        ...labelSteps(refused.path, 'httpd_var_run_t'),
        ...moduleSteps,
      ]
    default:
      return [
        `ls -Z ${refused.path}`,
        ...labelSteps(refused.path, 'httpd_sys_content_t'),
        `restorecon -Rv ${folderOf(refused.path)}   # when the type is only lost`,
      ]
  }
}

function connectSteps(port: number, mac: MandatoryAccess): readonly string[] {
  return mac.booleans.get('httpd_can_network_connect') === true
    ? [`httpd_can_network_connect is on already: semanage port -l | grep -w ${port}`, ...moduleSteps]
    : [
        'setsebool -P httpd_can_network_connect on',
        `or for this port alone: semanage port -a -t http_port_t -p tcp ${port}`,
      ]
}

const moduleSteps: readonly string[] = [
  'ausearch -m avc -c nginx --raw | audit2allow -M nginx-local   # read nginx-local.te before semodule -i nginx-local.pp',
]

function labelSteps(path: string, type: string): readonly string[] {
  return [`semanage fcontext -a -t ${type} '${folderOf(path)}(/.*)?' && restorecon -Rv ${folderOf(path)}`]
}

function apparmorSteps(record: Denial, refused: Refused): readonly string[] {
  const rule =
    refused.kind === 'socket' || refused.kind === 'file'
      ? `${refused.path} rw,`
      : refused.kind === 'bind'
        ? 'network inet stream, capability net_bind_service,'
        : 'network inet stream,'
  const file = record.subject.replace(/^\//, '').replaceAll('/', '.')
  return [
    `add "${rule}" to /etc/apparmor.d/${file}, or to its file in /etc/apparmor.d/local/`,
    `apparmor_parser -r /etc/apparmor.d/${file}`,
  ]
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/'
}
