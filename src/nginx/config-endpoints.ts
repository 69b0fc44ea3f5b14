import { addressText, type ConfigAddress } from './config-address.ts'
import type { ConfigModel } from './config-model.ts'
import type { Pass } from './config-passes.ts'
import type { Upstream } from './config-upstreams.ts'

/** A *_pass that can reach an endpoint. */
export interface EndpointUse {
  /** Where the *_pass stands. */
  readonly file: string
  readonly line: number
  readonly serverNames: readonly string[]
  /** Path of the location; null outside of one. */
  readonly location: string | null
  readonly upstream: string | null
  readonly pass: Pass
}

/** One backend address that the configuration names. */
export interface Endpoint extends ConfigAddress {
  /** "127.0.0.1:8080", "[::1]:80", "unix:/run/x.sock", "app:9000". */
  readonly address: string
  /** Where the address itself is written: the *_pass, or the `server` of the upstream. The place of a diff. */
  readonly file: string
  readonly line: number
  /** Every mention of it in an upstream is marked `down`, and no *_pass names it directly. */
  readonly down: boolean
  /** Empty when no *_pass names its upstream; one with a variable may still use it. */
  readonly usedBy: readonly EndpointUse[]
}

/** The distinct backend addresses of a configuration, in the order written, each with what uses it. */
export function endpointsOf(configured: ConfigModel): readonly Endpoint[] {
  const found = new Map<string, Endpoint>()
  for (const endpoint of [
    ...configured.upstreams.flatMap((one) => ofUpstream(one, configured.passes)),
    ...configured.passes.flatMap(ofPass),
  ]) {
    const before = found.get(endpoint.address)
    found.set(endpoint.address, before === undefined ? endpoint : merged(before, endpoint))
  }
  return [...found.values()]
}

function merged(first: Endpoint, second: Endpoint): Endpoint {
  return { ...first, down: first.down && second.down, usedBy: [...first.usedBy, ...second.usedBy] }
}

function ofUpstream(upstream: Upstream, passes: readonly Pass[]): readonly Endpoint[] {
  const users = passes.filter(
    ({ target, protocol }) =>
      target.kind === 'upstream' &&
      target.name === upstream.name &&
      (protocol === 'stream') === (upstream.protocol === 'stream'),
  )
  const usedBy = users.map((pass) => useOf(pass, upstream.name))
  return upstream.peers.map(({ host, port, unix, down, file, line }) => ({
    address: addressText({ host, port, unix }),
    host,
    port,
    unix,
    file,
    line,
    down,
    usedBy,
  }))
}

function ofPass(pass: Pass): readonly Endpoint[] {
  const { target, file, line } = pass
  if (target.kind !== 'address' && target.kind !== 'unix') return []
  const address =
    target.kind === 'unix'
      ? { host: null, port: null, unix: target.path }
      : { host: target.host, port: target.port, unix: null }
  return [{ address: addressText(address), ...address, file, line, down: false, usedBy: [useOf(pass, null)] }]
}

function useOf(pass: Pass, upstream: string | null): EndpointUse {
  const { file, line, server, location } = pass
  return { file, line, serverNames: server?.names ?? [], location: location?.path ?? null, upstream, pass }
}
