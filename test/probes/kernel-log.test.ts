import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Capture } from '../../src/diagnosis/capture.ts'
import { kernelKindOf, victimOf } from '../../src/probes/kernel-lines.ts'
import { kernelLog } from '../../src/probes/kernel-log.ts'

const folder = mkdtempSync(join(tmpdir(), 'kernel-log-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('lines of the kernel', () => {
  it.each([
    ['Out of memory: Killed process 812 (python3) total-vm:941244kB, anon-rss:481020kB', 'oom-kill'],
    ['nginx[1234]: segfault at 0 ip 000055d0 sp 00007ffc error 4 in ngx_http_echo_module.so[7f00+1000]', 'crash'],
    ['traps: php-fpm8.2[99] trap invalid opcode ip:7f00 sp:7f01 error:0', 'crash'],
    ['nf_conntrack: nf_conntrack: table full, dropping packet', 'conntrack-full'],
    ['blk_update_request: I/O error, dev sdb, sector 1953120 op 0x1:(WRITE) flags 0x800', 'io-error'],
    ['EXT4-fs (sda1): Remounting filesystem read-only', 'read-only'],
    ['audit: type=1400 audit(1700000000.123:45): avc:  denied  { name_connect } for  pid=1 comm="nginx"', 'denied'],
    ['EXT4-fs (sda1): re-mounted. Opts: errors=remount-ro', null],
    ['usb 1-1: new device: Out of memory: Killed process 1 (x)', null],
  ])('%s is %s', (text, kind) => {
    expect(kernelKindOf(text)).toBe(kind)
  })

  it('name the process that was killed, and the unit of its cgroup', () => {
    const line =
      'oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=shop.service,mems_allowed=0,oom_memcg=/system.slice/shop.service,task_memcg=/system.slice/shop.service,task=python3,pid=123,uid=33'

    expect(victimOf(line)).toEqual({ pid: 123, name: 'python3', unit: 'shop.service' })
  })

  it('do not name the process that only asked for memory', () => {
    expect(victimOf('gunicorn invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0')).toBeNull()
  })
})

describe('the log of the kernel', () => {
  it('counts alike lines of the window and keeps the newest of them', () => {
    const now = uptime()
    const lines = [
      `[${now - 9000}.100000] web-1 kernel: Out of memory: Killed process 1 (python3) total-vm:1kB`,
      ...[1, 2, 3, 4, 5, 6, 7].map(
        (n) => `[${now - 100 + n}.500000] web-1 kernel: Out of memory: Killed process 80${n} (python3) total-vm:${n}kB`,
      ),
      `[${now - 50}.25][   T12] web-1 kernel: nf_conntrack: nf_conntrack: table full, dropping packet`,
      `[${now - 40}.000000] web-1 kernel: eth0: link becomes ready`,
    ]

    const parsed = kernelLog.parse(captureOf(asked(lines)))

    expect(parsed).toMatchObject({
      ok: true,
      value: {
        from: 'journal',
        events: [
          { kind: 'oom-kill', count: 7, firstAt: now - 98.5, lastAt: now - 92.5 },
          { kind: 'conntrack-full', count: 1, lines: ['nf_conntrack: nf_conntrack: table full, dropping packet'] },
        ],
      },
    })
    expect(parsed.ok && parsed.value.events[0]?.lines).toHaveLength(5)
  })

  it('is known and empty when the journal has lines of the kernel and none of them matters', () => {
    const parsed = kernelLog.parse(
      captureOf(asked([`[${uptime() - 40}.000000] web-1 kernel: eth0: link becomes ready`])),
    )

    expect(parsed).toMatchObject({ ok: true, value: { events: [] } })
  })

  it('is unknown, with what to do about it, when nothing may be read', () => {
    const parsed = kernelLog.parse(
      captureOf('@none the journal may not be read (add the user to group systemd-journal)\n'),
    )

    expect(parsed).toEqual({ ok: false, reason: 'the journal may not be read (add the user to group systemd-journal)' })
  })

  it('is unknown when the answer was cut', () => {
    expect(kernelLog.parse({ ...captureOf('@log journal 12.00\n'), truncated: true }).ok).toBe(false)
  })
})

function uptime(): number {
  return Math.floor(Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]))
}

/** Runs the probe's own script with a journalctl that has these lines. */
function asked(lines: readonly string[]): string {
  writeFileSync(join(folder, 'lines'), `${lines.join('\n')}\n`)
  const journalctl = join(folder, 'journalctl')
  writeFileSync(journalctl, `#!/bin/sh\ncase "$*" in *'-o cat'*) echo x ;; *) cat '${folder}/lines' ;; esac\n`)
  chmodSync(journalctl, 0o755)
  return execFileSync('sh', ['-c', kernelLog.script, 'sh', '3600'], {
    env: { PATH: `${folder}:${process.env['PATH'] ?? ''}`, LC_ALL: 'C' },
    encoding: 'utf8',
  })
}

function captureOf(stdout: string): Capture {
  return {
    probe: 'kernel-log',
    host: 'web-1',
    command: kernelLog.command,
    exitCode: 0,
    ms: 1,
    stdout,
    stderr: '',
    truncated: false,
    timedOut: false,
  }
}
