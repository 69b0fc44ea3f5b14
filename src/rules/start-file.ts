import type { Evidence } from '../diagnosis/diagnosis.ts'
import type { Fact } from '../diagnosis/fact.ts'
import type { StartFile } from '../probes/start-files.ts'
import type { Host } from '../probes/host.ts'
import { inWords } from '../symptoms/time.ts'
import { type Place, placeOf } from './named-file.ts'
import { seenBy } from './knowledge.ts'
import type { StartSeen } from './start-refusal.ts'

export type StartFiles = Fact<{ readonly files: readonly StartFile[] }>

/** What was seen of a path that the configuration names; null when nobody looked. */
export function startFile(path: string | null, files: StartFiles): StartFile | null {
  return (files.known && files.value.files.find((each) => each.path === path)) || null
}

/** Where the configuration names it. */
export function placeIn(seen: StartSeen, path: string | null): Place | null {
  const config = seen['nginx-config']
  return config.known && path !== null ? placeOf(path, config.value.model) : null
}

/** What `namei -l` would show of it: "missing /etc/ssl/x (drwxr-xr-x root root)". */
export function fileEvidence(file: StartFile | null, host: Host): readonly Evidence[] {
  if (!file) return []
  const state =
    file.state === 'there'
      ? `${file.mode} ${file.path}, changed ${inWords(host.epoch - file.changed)} ago`
      : file.state === 'missing'
        ? `${file.at} does not exist; the directory above is ${file.mode}`
        : `${file.at} may not be entered by our user: ${file.mode}`
  return [
    seenBy(
      'start-files',
      `namei -l ${file.path}`,
      `${file.link === null ? '' : `${file.path} -> ${file.link}\n`}${state}`,
    ),
  ]
}
