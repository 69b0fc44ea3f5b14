import { posix } from 'node:path'
import { actionOf } from '../actions/index.ts'
import type { LoadedFile, Outlook } from '../actions/outlook.ts'
import type { Diagnosis, Finding, Remedy } from '../diagnosis/diagnosis.ts'
import { fileAuthor } from '../nginx/file-author.ts'
import type { ConfigFile, ConfigOnDisk } from '../probes/nginx-config.ts'
import type { Facts } from '../probes/index.ts'
import { type Changed, changedFiles } from '../rules/changed-since-load.ts'
import type { BackendSeen } from './ask-backend.ts'
import { openConnections } from './open-connections.ts'

/** What each action of a diagnosis would do beside its purpose, under the keys of the guards. Pure. */
export function outlooksOf(
  diagnosis: Diagnosis,
  front: Facts,
  backends: readonly BackendSeen[] = [],
): ReadonlyMap<string, Outlook> {
  const outlooks = new Map<string, Outlook>()
  for (const finding of diagnosis.findings) {
    const remedy = finding.fix.action
    if (!remedy) continue
    const facts = remedy.host === undefined ? front : backends.find((each) => each.host === remedy.host)?.facts
    if (facts) outlooks.set(`${remedy.id} ${remedy.target}`, outlookOf(remedy, finding, facts))
  }
  return outlooks
}

function outlookOf(remedy: Remedy, finding: Finding, facts: Facts): Outlook {
  const action = actionOf(remedy.id)
  return {
    connections: action?.interrupts ? openConnections(action.guards, remedy.target, facts) : null,
    alsoLoads: action?.loadsConfig ? alsoLoaded(finding, facts) : [],
  }
}

/** Files are told when nginx reads them; of a directory only what no changed file in it explains. */
function alsoLoaded({ subject }: Finding, facts: Facts): readonly LoadedFile[] | null {
  const { host, 'nginx-config': config, 'nginx-processes': processes, 'nginx-unit': unit } = facts
  if (!host.known || !config.known || !processes.known || !config.value.dumped) return null
  if (processes.value.oldestWorker === null || config.value.stats.length === 0) return null
  const seen = {
    host: host.value,
    'nginx-config': config.value,
    'nginx-processes': processes.value,
    'nginx-unit': unit,
  }
  const changed = changedFiles(seen)
  const read = [...config.value.files.keys()]
  const files = changed.filter(({ stat }) => stat.kind !== 'directory' && read.includes(stat.path))
  const touched = new Set(files.map(({ stat }) => folderOf(stat)))
  const globbed = globbedFolders(config.value)
  const folders = changed.filter(
    ({ stat }) => stat.kind === 'directory' && !touched.has(stat.path) && globbed.has(stat.path),
  )
  const others = [...files, ...folders].filter(({ stat }) => stat.path !== subject.file)
  // A link and the file behind it have one path.
  const once = others.filter(({ stat }, index) => others.findIndex((each) => each.stat.path === stat.path) === index)
  return once.map((each) => loadedFile(each, host.value.epoch, facts))
}

/** Folders of which a pattern takes whatever is in them: only there an entry that came or went changes what is read. */
function globbedFolders({ files, main }: Pick<ConfigOnDisk, 'files' | 'main'>): ReadonlySet<string> {
  const patterns = [...files.values()].flatMap((text) => [
    ...text.matchAll(/^[ \t]*include[ \t]+["']?(?<pattern>[^\s;"']*[*?[][^\s;"']*)/gm),
  ])
  return new Set(
    patterns.map(({ groups }) => posix.dirname(posix.resolve(posix.dirname(main), groups?.['pattern'] ?? ''))),
  )
}

function loadedFile({ stat, ago }: Changed, epoch: number, facts: Facts): LoadedFile {
  const { 'nginx-config': config, 'config-owners': owners } = facts
  const owner = owners.known ? owners.value.files.find(({ path }) => path === stat.path) : undefined
  const text = config.known ? (config.value.files.get(stat.path) ?? '') : ''
  const author = fileAuthor(owner?.real ?? stat.path, text)?.name ?? (owner?.git == null ? null : 'git')
  const changedAt = new Date((epoch - ago) * 1000).toISOString()
  return { path: stat.path, kind: stat.kind, changedAt, owner: owner?.account ?? null, author }
}

function folderOf({ path }: ConfigFile): string {
  return path.slice(0, path.lastIndexOf('/'))
}
