import type { Evidence } from '../diagnosis/diagnosis.ts'
import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { ConfigFile } from '../probes/nginx-config.ts'
import type { NginxUnit } from '../probes/nginx-unit.ts'
import { agoOf, inWords } from '../symptoms/time.ts'
import { type Knowledge, seenBy } from './knowledge.ts'

export type LoadSeen = View<Knowledge, 'host' | 'nginx-config' | 'nginx-processes', 'nginx-unit'>

/** A file, directory or link of the configuration whose ctime is later than the start of the oldest live worker. */
export interface Changed {
  readonly stat: ConfigFile
  readonly ago: number
}

export function changedFiles(seen: LoadSeen): readonly Changed[] {
  const loadedAgo = loadedBefore(seen)
  if (loadedAgo === null || seen['nginx-config'].test.kind === 'failed') return []
  return seen['nginx-config'].stats
    .map((stat) => ({ stat, ago: seen.host.epoch - stat.ctime }))
    .filter(({ ago }) => ago < loadedAgo - 1)
    .toSorted((a, b) => Number(b.stat.kind === 'file') - Number(a.stat.kind === 'file') || a.ago - b.ago)
}

/** Seconds since the oldest live worker began. */
export function loadedBefore(seen: Pick<LoadSeen, 'host' | 'nginx-processes'>): number | null {
  const worker = seen['nginx-processes'].oldestWorker
  return worker ? agoOf(worker.startedAt, seen.host) : null
}

export function changedEvidence({ stat, ago }: Changed, seen: LoadSeen): Evidence {
  return seenBy(
    'nginx-config',
    `stat ${stat.path}`,
    `changed ${inWords(ago)} ago; the oldest live worker began ${inWords(loadedBefore(seen) ?? 0)} ago`,
  )
}

/** The unit whose master runs. */
export function unitOfMaster(seen: LoadSeen): NginxUnit | undefined {
  return seen['nginx-unit'].known
    ? seen['nginx-unit'].value.units.find((each) => each.mainPid === seen['nginx-processes'].masters[0]?.pid)
    : undefined
}

export function configAlike(seen: LoadSeen): LookAlike {
  const { test } = seen['nginx-config']
  return test.kind === 'passed'
    ? ruledOut('config-invalid', 'nginx -t passes')
    : notJudged('config-invalid', test.kind === 'unknown' ? test.reason : 'nginx -t fails')
}

/** Test and reload, and the action where the test passes and a unit runs the master. */
export function reloadFix(seen: LoadSeen): Pick<Claim, 'steps' | 'action'> {
  const unit = unitOfMaster(seen)
  return {
    steps: ['nginx -t', `systemctl reload ${unit?.id ?? 'nginx'}`],
    ...(unit &&
      seen['nginx-config'].test.kind === 'passed' && { action: { id: 'reload-nginx' as const, target: unit.id } }),
  }
}
