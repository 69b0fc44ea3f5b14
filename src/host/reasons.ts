import type { UnreachableReason } from '../diagnosis/diagnosis.ts'
import type { Identity } from './identity.ts'
import type { InventoryHost } from './inventory.ts'
import { HostUnreachableError } from './unreachable.ts'

export function timeout(host: InventoryHost, why: string, cause?: unknown): HostUnreachableError {
  const next = 'Check that the host is up and that its SSH port can be reached from here (firewall, VPN, hanging sshd).'
  return new HostUnreachableError(host.name, 'timeout', `${place(host)} ${why}`, next, cause)
}

/** Why no TCP connection came about, from the code of the resolver or the kernel. */
export function duringDial(host: InventoryHost, error: NodeJS.ErrnoException): HostUnreachableError {
  const code = error.code ?? firstCode(error) ?? 'unknown'
  const fail = (reason: UnreachableReason, why: string, next: string) =>
    new HostUnreachableError(host.name, reason, `${place(host)} ${why}`, next, error)
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
      return fail(
        'dns',
        'has an address that cannot be resolved',
        `Correct hosts.${host.name}.address in the inventory, or the resolver of the machine that runs this program.`,
      )
    case 'ECONNREFUSED':
      return fail(
        'refused',
        'refused the connection: something answers there, but no sshd listens',
        'Check that sshd runs on the host and that the port in the inventory is right.',
      )
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return timeout(host, `cannot be reached (${code})`, error)
    default:
      return fail(
        'refused',
        `did not take the connection (${code}: ${error.message})`,
        'Check sshd and the firewalls on the way.',
      )
  }
}

/** Why a login failed after the TCP connection stood. ssh2 marks its errors with the level at which they arose. */
export function duringLogin(host: InventoryHost, identity: Identity, error: unknown): HostUnreachableError {
  const level = typeof error === 'object' && error !== null && 'level' in error ? error.level : ''
  const why = error instanceof Error ? error.message : String(error)
  if (level === 'client-authentication' || level === 'agent') return loginRefused(host, identity, error)
  const next =
    'Check that sshd answers on this port (ssh -v shows where it stops) and that it is not at its MaxStartups limit.'
  return new HostUnreachableError(
    host.name,
    'refused',
    `${place(host)} broke off the SSH handshake: ${why}`,
    next,
    error,
  )
}

function loginRefused(host: InventoryHost, identity: Identity, error: unknown): HostUnreachableError {
  const text = `${place(host)} refused user ${host.user} with ${identity.described}`
  if (identity.kind === 'agent') {
    return new HostUnreachableError(
      host.name,
      'auth',
      text,
      `Add the key to the agent (ssh-add -l lists what it has) and to authorized_keys of ${host.user}.`,
      error,
    )
  }
  const certificate = identity.certificate
    ? ` The certificate ${identity.certificate} was not used: OpenSSH certificates are not supported, the plain key must be authorized.`
    : ''
  const next = `Add this line to authorized_keys of ${host.user} on ${host.name}: ${identity.publicLine}${certificate}`
  return new HostUnreachableError(host.name, 'auth', text, next, error)
}

/** The jump host itself could not be used. A refused key stays a refused key. */
export function jumpFailed(host: InventoryHost, via: string, error: unknown): HostUnreachableError {
  if (!(error instanceof HostUnreachableError)) throw error
  const reason = error.reason === 'host-key' ? 'host-key' : 'jump-host'
  return new HostUnreachableError(
    host.name,
    reason,
    `${host.name} is reached through ${via}, and ${error.message}`,
    error.next,
    error,
  )
}

/**
 * The jump host works but did not get through. Reason 1 is "administratively prohibited" (RFC 4254, 5.1); otherwise sshd sends the words
 * of its own resolver and kernel, and those are all there is.
 */
export function behindJump(host: InventoryHost, via: string, error: unknown): HostUnreachableError {
  if (error instanceof HostUnreachableError) return error
  const why = error instanceof Error ? error.message : String(error)
  const text = `${place(host)} cannot be reached from jump host ${via}: ${why}`
  const fail = (reason: UnreachableReason, next: string) =>
    new HostUnreachableError(host.name, reason, text, next, error)
  const prohibited = typeof error === 'object' && error !== null && 'reason' in error && error.reason === 1
  if (prohibited)
    return fail('jump-host', `Allow forwarding on ${via} (AllowTcpForwarding, PermitOpen in its sshd_config).`)
  if (/refused/i.test(why))
    return fail('refused', 'Check that sshd runs on the host and that the port in the inventory is right.')
  if (/resol|not known|name/i.test(why))
    return fail('dns', `The address is resolved on ${via}: correct it in the inventory.`)
  if (/timed out|no route|unreachable/i.test(why))
    return fail('timeout', `Check that the host is up and that ${via} can reach it.`)
  return fail('jump-host', `Try ssh -J ${via} by hand and see what ${via} says.`)
}

function place(host: InventoryHost): string {
  return `${host.name} (${host.address}:${host.port})`
}

/** With several addresses Node tries them all and throws an AggregateError. */
function firstCode(error: unknown): string | undefined {
  if (!(error instanceof AggregateError)) return undefined
  const first: unknown = error.errors[0]
  return typeof first === 'object' && first !== null && 'code' in first ? String(first.code) : undefined
}
