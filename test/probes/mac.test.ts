import { describe, expect, it } from 'vitest'
import { mac } from '../../src/probes/mac.ts'

function read(stdout: string, truncated = false) {
  const result = mac.parse({
    probe: 'mac',
    host: 'web-1',
    command: '',
    exitCode: 0,
    ms: 1,
    stdout,
    stderr: '',
    truncated,
    timedOut: false,
  })
  if (!result.ok) throw new Error(result.reason)
  return result.value
}

describe('SELinux and AppArmor', () => {
  it('reads an AVC record of a connection', () => {
    const { selinux, denials, booleans } = read(
      '@selinux 1\n@apparmor absent\n@label system_u:system_r:httpd_t:s0\n@boolean httpd_can_network_connect 0 0\n@records audit\ntype=AVC msg=audit(1795230000.123:412): avc:  denied  { name_connect } for  pid=413 comm="nginx" dest=8080 scontext=system_u:system_r:httpd_t:s0 tcontext=system_u:object_r:http_cache_port_t:s0 tclass=tcp_socket permissive=0\n',
    )

    expect(selinux).toBe('enforcing')
    expect(booleans.get('httpd_can_network_connect')).toBe(false)
    expect(denials).toMatchObject([
      {
        system: 'selinux',
        at: 1795230000,
        comm: 'nginx',
        pid: 413,
        operation: 'name_connect',
        port: 8080,
        subject: 'httpd_t',
        target: 'http_cache_port_t',
      },
    ])
  })

  it('reads a record of AppArmor', () => {
    const { apparmor, denials } = read(
      '@selinux absent\n@apparmor Y\n@records journal\naudit: type=1400 audit(1795230000.123:99): apparmor="DENIED" operation="connect" profile="/usr/sbin/nginx" name="/run/app.sock" pid=413 comm="nginx" requested_mask="wr" denied_mask="wr" fsuid=33 ouid=0\n',
    )

    expect(apparmor).toBe('enabled')
    expect(denials).toMatchObject([
      { system: 'apparmor', operation: 'connect', path: '/run/app.sock', subject: '/usr/sbin/nginx', port: null },
    ])
  })

  it('passes over what a permissive domain was only warned for', () => {
    expect(
      read(
        '@selinux 1\n@records audit\ntype=AVC msg=audit(1.0:1): avc:  denied  { write } for pid=1 comm="nginx" name="a" scontext=a:b:c:s0 tcontext=a:b:c:s0 permissive=1\n',
      ).denials,
    ).toEqual([])
  })

  it('does not call a system that could not be asked absent', () => {
    expect(read('@selinux \n').selinux).toBe('unknown')
    expect(read('@selinux 1\n@unseen /var/log/audit/audit.log may not be read\n').recordsUnseen).toContain('audit.log')
    expect(read('@selinux 1\n', true).recordsUnseen).not.toBeNull()
  })
})
