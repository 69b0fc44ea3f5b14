import { parsed } from '../diagnosis/fact.ts'
import { sections, wholeLines } from './lines.ts'
import { defineProbe } from './probe.ts'

/** A refusal that SELinux or AppArmor recorded. */
export interface Denial {
  readonly system: 'selinux' | 'apparmor'
  /** Seconds since the epoch, from audit(...); null without one. */
  readonly at: number | null
  readonly comm: string
  readonly pid: number | null
  /** "name_connect", "connectto", "write", "connect" ... */
  readonly operation: string
  /** The port that was to be reached or bound, if it is about one. */
  readonly port: number | null
  /** Path or name of the file or socket, if it is about one; SELinux often records the last component alone. */
  readonly path: string | null
  /** The domain or profile that is refused: "httpd_t", "/usr/sbin/nginx". */
  readonly subject: string
  /** The type of the object: "http_port_t", "var_run_t"; empty for AppArmor. */
  readonly target: string
  readonly text: string
}

export interface MandatoryAccess {
  readonly selinux: 'enforcing' | 'permissive' | 'absent' | 'unknown'
  readonly apparmor: 'enabled' | 'absent'
  /** Labels or profiles of nginx's processes: "system_u:system_r:httpd_t:s0", "/usr/sbin/nginx (enforce)", "unconfined". */
  readonly labels: readonly string[]
  readonly denials: readonly Denial[]
  /** SELinux booleans that matter to a proxy: "httpd_can_network_connect" -> false. */
  readonly booleans: ReadonlyMap<string, boolean>
  /** Why the records may be incomplete; null when they were read. */
  readonly recordsUnseen: string | null
}

/**
 * Whether SELinux or AppArmor is in force, what it calls nginx, and what it refused within the last hour. Booleans are read from
 * selinuxfs, which needs no tool and no root.
 *
 * Sample (kernel log of Debian 12 with AppArmor, and audit.log of RHEL 9):
 *     @selinux 1
 *     @apparmor N
 *     @label system_u:system_r:httpd_t:s0
 *     @boolean httpd_can_network_connect 0 0
 *     @records audit
 *     type=AVC msg=audit(1795230000.123:412): avc:  denied  { name_connect } for  pid=413 comm="nginx" dest=8080 scontext=system_u:system_r:httpd_t:s0 tcontext=system_u:object_r:http_cache_port_t:s0 tclass=tcp_socket permissive=0
 *     @records journal
 *     audit: type=1400 audit(1795230000.123:99): apparmor="DENIED" operation="connect" profile="/usr/sbin/nginx" name="/run/app.sock" pid=413 comm="nginx"
 */
export const mac = defineProbe({
  id: 'mac',
  command: 'getenforce; grep denied /var/log/audit/audit.log; journalctl -k',
  seconds: 4,
  cap: 65_536,
  script: `
if [ -e /sys/fs/selinux/enforce ]; then echo "@selinux $(cat /sys/fs/selinux/enforce 2>/dev/null || getenforce 2>/dev/null)"; else echo '@selinux absent'; fi
echo "@apparmor $(cat /sys/module/apparmor/parameters/enabled 2>/dev/null || echo absent)"
for d in /proc/[0-9]*; do
  { read -r comm <"$d/comm"; } 2>/dev/null || continue
  case $comm in nginx*|openresty*|angie*) echo "@label $(tr -d '\\000' <"$d/attr/current" 2>/dev/null)" ;; esac
done | sort | uniq | head -n 8
for b in httpd_can_network_connect httpd_can_network_relay httpd_can_network_connect_db httpd_use_nfs httpd_read_user_content; do
  [ -r "/sys/fs/selinux/booleans/$b" ] && echo "@boolean $b $(cat "/sys/fs/selinux/booleans/$b")"
done
denied() { LC_ALL=C grep -aE 'avc: +denied|apparmor="DENIED"' | tail -n 60 | cut -c1-500; }
if [ -e /var/log/audit/audit.log ] || [ -d /var/log/audit ]; then
  if [ -r /var/log/audit/audit.log ]; then echo '@records audit'; tail -c 2097152 /var/log/audit/audit.log | denied; else echo '@unseen /var/log/audit/audit.log may not be read'; fi
fi
if [ "$(id -u)" = 0 ] || id -Gn | tr ' ' '\\n' | grep -qxE 'adm|systemd-journal|wheel'; then
  command -v journalctl >/dev/null 2>&1 && { echo '@records journal'; timeout 3 journalctl -q --no-pager -o cat --since '1 hour ago' _TRANSPORT=kernel + _TRANSPORT=audit 2>/dev/null | denied; }
else echo '@unseen the kernel journal may not be read (add the user to group systemd-journal)'
fi
true`,
  parse(capture) {
    const parts = sections(wholeLines(capture), ['selinux', 'apparmor', 'label', 'boolean', 'records', 'unseen'])
    const restsOf = (name: string) => parts.filter((part) => part.name === name).map((part) => part.rest.trim())
    const records = parts.filter((part) => part.name === 'records').flatMap((part) => part.body)
    const unseen = restsOf('unseen')
    return parsed<MandatoryAccess>({
      selinux: modeOf(restsOf('selinux')[0] ?? ''),
      apparmor: restsOf('apparmor')[0] === 'Y' ? 'enabled' : 'absent',
      labels: restsOf('label').filter((label) => label !== ''),
      denials: records.flatMap(readDenial),
      booleans: new Map(
        restsOf('boolean').map((rest) => [rest.split(' ')[0] ?? '', rest.split(' ')[1] === '1'] as const),
      ),
      recordsUnseen: capture.truncated
        ? 'there were more records than could be read'
        : unseen.length > 0
          ? unseen.join('; ')
          : null,
    })
  },
})

/** "1", "0" of selinuxfs, "Enforcing", "Permissive", "Disabled" of getenforce; "absent" without selinuxfs. */
function modeOf(text: string): MandatoryAccess['selinux'] {
  if (/^(?:1|enforcing)/i.test(text)) return 'enforcing'
  if (/^(?:0|permissive)/i.test(text)) return 'permissive'
  return /^(?:absent|disabled)/i.test(text) ? 'absent' : 'unknown'
}

/** One audit record. Fields are `key=value`, strings in double quotes; a quote in a name makes the kernel write hexadecimal digits instead. */
function readDenial(text: string): Denial[] {
  const system = /apparmor="DENIED"/.test(text) ? 'apparmor' : /avc: +denied/.test(text) ? 'selinux' : null
  if (system === null || /permissive=1/.test(text)) return []
  const field = (name: string): string | null => new RegExp(`\\b${name}="?([^"\\s]*)`).exec(text)?.[1] ?? null
  const at = Number(/audit\((\d+)\.\d+:/.exec(text)?.[1] ?? NaN)
  const port = Number(field('dest') ?? field('src') ?? NaN)
  return [
    {
      system,
      at: Number.isNaN(at) ? null : at,
      comm: field('comm') ?? '',
      pid: Number(field('pid') ?? NaN) || null,
      operation: system === 'apparmor' ? (field('operation') ?? '') : (/\{ ([^}]*) \}/.exec(text)?.[1] ?? '').trim(),
      port: Number.isNaN(port) ? null : port,
      path: field('path') ?? field('name'),
      subject: system === 'apparmor' ? (field('profile') ?? '') : typeOf(field('scontext')),
      target: system === 'apparmor' ? '' : typeOf(field('tcontext')),
      text,
    },
  ]
}

/** "system_u:system_r:httpd_t:s0" -> "httpd_t". */
function typeOf(context: string | null): string {
  return context?.split(':')[2] ?? ''
}
