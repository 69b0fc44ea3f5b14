/** What a line of the kernel's log is about. Patterns are anchored: a process may choose its own name, and it stands first in some lines. */
export type KernelKind =
  | 'oom-kill' // mm/oom_kill.c: a process was killed for memory, host-wide or in its cgroup
  | 'crash' // arch/x86/mm/fault.c, arch/x86/kernel/traps.c: segfault, general protection, invalid opcode
  | 'conntrack-full' // net/netfilter/nf_conntrack_core.c
  | 'neighbour-full' // net/core/neighbour.c
  | 'io-error' // block/blk-core.c, fs/buffer.c and the file systems' own
  | 'read-only' // a file system that gave up writing
  | 'blocked-task' // kernel/hung_task.c
  | 'denied' // AVC of SELinux, AppArmor
  | 'file-max' // fs/file_table.c
  | 'syn-flood' // net/ipv4/tcp_input.c: an accept queue overflowed
  | 'link-down'
  | 'lockup' // kernel/watchdog.c, rcu stalls

const PATTERNS: readonly (readonly [KernelKind, RegExp])[] = [
  [
    'oom-kill',
    /^(?:(?:Out of memory: |Memory cgroup out of memory: )?Kill(?:ed)? process \d|oom-kill:|\S{1,40} invoked oom-killer:)/,
  ],
  [
    'crash',
    /^(?:traps: )?[^\s[]{1,40}(?: [^\s[]{1,40}){0,3}\[\d{1,10}\](?::? segfault at |:? general protection|:? trap )/,
  ],
  ['conntrack-full', /^(?:nf_conntrack: ){1,2}table full, dropping packet/],
  ['neighbour-full', /^(?:neighbou?r: )?\S{0,20} ?(?:arp_cache|ndisc_cache|Neighbou?r): ?neighbou?r table overflow/i],
  ['denied', /^(?:audit: )?type=1[34]00 audit\([\d.:]{1,40}\): (?:avc:\s+denied|apparmor="DENIED")/],
  [
    'read-only',
    /^(?:EXT[234]-fs|XFS|BTRFS|F2FS-fs) [^\n]{0,200}(?:Remounting filesystem read-only|forced readonly|Shutting down filesystem)/i,
  ],
  ['read-only', /^Aborting journal on device /],
  ['io-error', /^(?:(?:blk_update_request|print_req_error): )?(?:critical \w{1,20} error|I\/O error), dev /],
  ['io-error', /^(?:Buffer I\/O error on dev |BTRFS error |nvme \S{1,20}: I\/O |EXT[234]-fs error \()/],
  ['io-error', /^XFS \([\w-]{1,40}\): (?:metadata I\/O|log I\/O|writeback) error/i],
  ['blocked-task', /^INFO: task \S{1,40}:\d{1,10} blocked for more than /],
  ['file-max', /^VFS: file-max limit \d{1,20} reached/],
  ['syn-flood', /^(?:TCP: )?(?:request_sock_TCP(?:v6)?: )?Possible SYN flooding on port /],
  ['link-down', /^[^\n]{1,80}(?:NIC )?Link is Down|^\S{1,40}: (?:lost carrier|link down)/i],
  ['lockup', /^(?:watchdog: )?BUG: soft lockup|^rcu: .{0,60}(?:detected|self-detected) stall/],
]

/** Which kind of line this is; null when it is none of these. */
export function kernelKindOf(text: string): KernelKind | null {
  return PATTERNS.find(([, pattern]) => pattern.test(text.slice(0, 400)))?.[0] ?? null
}

/** A process as a line of the kernel names it. */
interface KilledProcess {
  readonly pid: number
  readonly name: string
  /** The unit of its cgroup, where the line has it (`oom-kill:` does). */
  readonly unit: string | null
}

/** Whom an oom-kill or a crash line is about; null when it names nobody (the one that asked for memory is not the one that was killed). */
export function victimOf(text: string): KilledProcess | null {
  const killed =
    /^(?:Out of memory: |Memory cgroup out of memory: )?Kill(?:ed)? process (\d{1,10}) \(([^)]{1,40})\)/.exec(text)
  if (killed) return { pid: Number(killed[1]), name: killed[2] ?? '', unit: null }
  const told = /^oom-kill:.{0,400}?,task_memcg=([^,]{1,300}),task=([^,]{1,40}),pid=(\d{1,10})/.exec(text)
  if (told) return { pid: Number(told[3]), name: told[2] ?? '', unit: serviceIn(told[1] ?? '') }
  const crashed = /^(?:traps: )?([^[]{1,80})\[(\d{1,10})\]/.exec(text)
  return crashed && kernelKindOf(text) === 'crash'
    ? { pid: Number(crashed[2]), name: crashed[1] ?? '', unit: null }
    : null
}

function serviceIn(cgroup: string): string | null {
  return cgroup.split('/').findLast((part) => part.endsWith('.service')) ?? null
}
