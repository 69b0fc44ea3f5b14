import { accessSync, constants, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Availability = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/** Programs the lab runs on this machine and the Debian package of each. */
export const neededPrograms: Readonly<Record<string, string>> = {
  'systemd-nspawn': 'systemd-container',
  debootstrap: 'debootstrap',
  ip: 'iproute2',
  nsenter: 'util-linux',
  flock: 'util-linux',
  'ssh-keygen': 'openssh-client',
}

/**
 * Whether this machine can boot lab hosts, and if not why, in words for a test report.
 * GATEMEDIC_LAB=off says no at once; with GATEMEDIC_LAB=required the caller must treat a no as a failure.
 */
export function labAvailable(): Availability {
  if (process.env['GATEMEDIC_LAB'] === 'off') return no('GATEMEDIC_LAB=off')
  const machine = labMachine()
  if (!machine.ok) return machine
  const missing = missingPackages()
  return missing.length === 0
    ? machine
    : no(`not installed: ${missing.join(', ')} (npm run lab -- prepare installs them)`)
}

/** What no package can mend: the lab needs Linux, root and Debian. */
export function labMachine(): Availability {
  if (process.platform !== 'linux') return no(`needs Linux, this is ${process.platform}`)
  if (process.getuid?.() !== 0) return no('needs root: containers, veth interfaces and chroot')
  if (!mayMakeContainers())
    return no('needs root with CAP_SYS_ADMIN and CAP_NET_ADMIN: this root is one of a container')
  if (!/^ID=debian$/m.test(osRelease()))
    return no('needs Debian: the image is made with debootstrap from its own mirror')
  return { ok: true }
}

export function missingPackages(): readonly string[] {
  const missing = Object.entries(neededPrograms).filter(([program]) => !onPath(program))
  return [...new Set(missing.map(([, name]) => name))]
}

function no(reason: string): Availability {
  return { ok: false, reason: `lab hosts left out: ${reason}` }
}

/** Bits of capabilities(7) in the effective set; a container's root usually lacks both. */
function mayMakeContainers(): boolean {
  const [, hex = '0'] = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  const effective = BigInt(`0x${hex}`)
  return [21n, 12n].every((bit) => (effective & (1n << bit)) !== 0n)
}

function osRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8')
  } catch {
    return '' // Not every Linux has one; Debian does.
  }
}

function onPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
