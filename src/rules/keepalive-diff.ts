import type { Pass } from '../nginx/config-passes.ts'
import type { Upstream } from '../nginx/config-upstreams.ts'
import type { ConfigOnDisk } from '../probes/nginx-config.ts'
import { changeLines, type LineChange } from './config-line.ts'
import { inheritedAsWell, missingFor, withInherited } from './keepalive-ineffective.ts'

/** Enough for what one worker keeps idle towards a backend of usual size; the reference of `keepalive` uses the same. */
const KEPT = 32

/**
 * A diff that makes nginx keep connections to an upstream: `keepalive` behind its last peer where it is missing, and in the location
 * what keeps HTTP/1.0 and "Connection: close" from ending each of them. null where there is no upstream block to write it into.
 */
export function keepaliveDiff(
  upstream: Upstream,
  pass: Pass,
  version: readonly number[],
  config: ConfigOnDisk,
): string | null {
  const last = upstream.peers.at(-1)
  if (!last) return null
  const changes: { readonly file: string; readonly change: LineChange }[] = []
  if (upstream.keepalive === null)
    changes.push({ file: last.file, change: added(config, last.file, last.line, [`keepalive ${KEPT};`]) })
  const lacking = missingFor(pass, { ...upstream, keepalive: upstream.keepalive ?? KEPT }, version)
  const settings = inheritedAsWell(pass, lacking) ? withInherited(pass, lacking) : lacking
  const fresh = settings.filter((each) => !writtenIn(pass, each))
  if (fresh.length > 0)
    changes.push({
      file: pass.file,
      change: added(
        config,
        pass.file,
        pass.line,
        fresh.map(({ name, value }) => `${name} ${value};`),
      ),
    })
  for (const setting of settings) {
    const written = writtenIn(pass, setting)
    if (written)
      changes.push({
        file: written.file,
        change: {
          number: written.line,
          by: [`${indentOf(config, written.file, written.line)}${setting.name} ${setting.value};`],
        },
      })
  }
  const files = [...new Set(changes.map(({ file }) => file))]
  const diffs = files.map((file) =>
    changeLines(
      config,
      file,
      changes.filter((each) => each.file === file).map(({ change }) => change),
    ),
  )
  return diffs.length === 0 || diffs.includes(null) ? null : diffs.join('\n')
}

function writtenIn(pass: Pass, setting: { readonly name: string; readonly first?: string }) {
  return pass.scope.directives.find(
    (each) =>
      each.name === setting.name &&
      (setting.first === undefined || each.args[0]?.toLowerCase() === setting.first.toLowerCase()),
  )
}

function added(config: ConfigOnDisk, file: string, line: number, texts: readonly string[]): LineChange {
  const indent = indentOf(config, file, line)
  return { number: line, by: [lineAt(config, file, line), ...texts.map((text) => indent + text)] }
}

function lineAt(config: ConfigOnDisk, file: string, line: number): string {
  return config.files.get(file)?.split('\n')[line - 1] ?? ''
}

function indentOf(config: ConfigOnDisk, file: string, line: number): string {
  return /^\s*/.exec(lineAt(config, file, line))?.[0] ?? ''
}
