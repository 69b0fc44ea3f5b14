import { addressText, type ConfigAddress } from './config-address.ts'
import type { ConfigModel } from './config-model.ts'
import type { Pass } from './config-passes.ts'
import type { Upstream } from './config-upstreams.ts'
import { writtenOut, type WrittenOut } from './config-variables.ts'

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
  /** A host name that nginx asks its resolver for while it runs: it stands in a variable, or its `server` says `resolve`. */
  readonly atRunTime: boolean
  /** Empty when no *_pass names its upstream; one with a variable that a request decides may still use it. */
  readonly usedBy: readonly EndpointUse[]
}

/** The distinct backend addresses of a configuration, in the order written, each with what uses it. */
export function endpointsOf(configured: ConfigModel): readonly Endpoint[] {
  const found = new Map<string, Endpoint>()
  const expanded = configured.passes.flatMap((pass) => writtenOut(pass, configured.config, configured.upstreams))
  for (const endpoint of [
    ...configured.upstreams.flatMap((one) =>
      ofUpstream(one, [...configured.passes, ...expanded.map((each) => each.pass)]),
    ),
    ...configured.passes.flatMap((pass) => ofPass({ pass, file: pass.file, line: pass.line }, false)),
    ...expanded.flatMap((each) => ofPass(each, true)),
  ]) {
    const before = found.get(endpoint.address)
    found.set(endpoint.address, before === undefined ? endpoint : merged(before, endpoint))
  }
  return [...found.values()]
}

function merged(first: Endpoint, second: Endpoint): Endpoint {
  const atRunTime = first.atRunTime && second.atRunTime
  return { ...first, down: first.down && second.down, atRunTime, usedBy: [...first.usedBy, ...second.usedBy] }
}

function ofUpstream(upstream: Upstream, passes: readonly Pass[]): readonly Endpoint[] {
  const users = passes.filter(
    ({ target, protocol }) =>
      target.kind === 'upstream' &&
      target.name === upstream.name &&
      (protocol === 'stream') === (upstream.protocol === 'stream'),
  )
  const usedBy = users.map((pass) => useOf(pass, upstream.name))
  return upstream.peers.map(({ host, port, unix, down, resolve, file, line }) => ({
    address: addressText({ host, port, unix }),
    host,
    port,
    unix,
    file,
    line,
    down,
    atRunTime: resolve,
    usedBy,
  }))
}

function ofPass({ pass, file, line }: WrittenOut, byVariable: boolean): readonly Endpoint[] {
  const { target } = pass
  if (target.kind !== 'address' && target.kind !== 'unix') return []
  const address =
    target.kind === 'unix'
      ? { host: null, port: null, unix: target.path }
      : { host: target.host, port: target.port, unix: null }
  const atRunTime = byVariable && target.kind === 'address' && !isLiteral(target.host)
  return [
    { address: addressText(address), ...address, file, line, down: false, atRunTime, usedBy: [useOf(pass, null)] },
  ]
}

/** An IPv4 or IPv6 address, which needs no resolver. */
export function isLiteral(host: string): boolean {
  return /^[\d.]+$|:/.test(host)
}

function useOf(pass: Pass, upstream: string | null): EndpointUse {
  const { file, line, server, location } = pass
  return { file, line, serverNames: server?.names ?? [], location: location?.path ?? null, upstream, pass }
}
