import type { Diagnosis, OneMoreQuestion } from '../diagnosis/diagnosis.ts'
import { causesOf } from '../nginx/line-causes.ts'
import { settlingQuestion } from '../nginx/settling-question.ts'
import type { Facts, ProbeId } from '../probes/index.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { containerWord } from '../rules/containers/behind.ts'
import { unreadLogQuestion } from './own-logs.ts'
import { pasteables } from './pasteable.ts'

type Told = Pick<Diagnosis, 'verdict' | 'findings' | 'unjudged' | 'unseen'>

/**
 * An open question of the finding itself weighs more than what a healthy verdict lacks, and that more than any number of rules that did
 * not run; of what weighs alike, that which can be pasted comes first, for it can be judged.
 */
const weights = { open: 10, unseen: 8, pasteable: 1, unjudged: 0.1 } as const

/**
 * The one command whose output would settle an undetermined diagnosis: of what could not be seen, that which most of the open
 * questions name; when all could be seen, what a person would look at next for that line. Null when there is nothing to ask. Pure.
 */
export function askOf(facts: Facts, told: Told, open: readonly Trouble[]): OneMoreQuestion | null {
  if (told.verdict !== 'undetermined') return null
  const inside = containedQuestion(facts)
  if (inside !== null) return inside
  const asked = [...byPasting(facts), ...toRead(facts)]
    .map((question) => ({ question, weight: weightOf(question.why, told) }))
    .filter(({ weight }) => weight > 0)
    .map(({ question, weight }) => ({ question, weight: weight + (question.probe === null ? 0 : weights.pasteable) }))
  return (
    asked.toSorted((a, b) => b.weight - a.weight)[0]?.question ??
    unreadLogQuestion(open, facts['backend-units']) ??
    nextLook(open)
  )
}

/** What lies at the usual places of the host is not what an nginx in a container reads and writes; nor can its output be judged by this host's facts. */
function containedQuestion({
  'nginx-processes': processes,
  'contained-nginx': contained,
  containers,
}: Facts): OneMoreQuestion | null {
  if (!processes.known || !processes.value.elsewhere) return null
  const pid = processes.value.masters[0]?.pid
  if (pid !== undefined && processes.value.inPods.includes(pid))
    return {
      command: 'kubectl logs -n ingress-nginx deploy/ingress-nginx-controller --since=10m',
      why: 'what runs in a pod is told by its cluster',
      probe: null,
    }
  const id = contained.known ? contained.value?.container : null
  const all = containers.known ? containers.value.containers : []
  const own = all.find((each) => id?.startsWith(each.id)) ?? all.find(({ inside }) => inside?.pid === pid)
  if (!own)
    return {
      command: `nsenter -t ${pid ?? ''} -a nginx -T`,
      why: "its configuration is its own, not this host's",
      probe: null,
    }
  const engine = own.engine ?? 'docker'
  const name = containerWord(own)
  return contained.known && contained.value?.recent != null
    ? {
        command: `${engine} exec ${name} nginx -T`,
        why: 'whether its files are what it serves with is told inside only',
        probe: null,
      }
    : {
        command: `${engine} logs --since 10m ${name} 2>&1 | tail -n 50`,
        why: 'its log is kept by the engine, which only root may ask',
        probe: null,
      }
}

function byPasting(facts: Facts): readonly OneMoreQuestion[] {
  return pasteables.flatMap(({ probe, missing }) => {
    const found = missing(facts)
    return found === null ? [] : [{ command: found.command, why: found.reason, probe }]
  })
}

/** What shows the rest to a person; their output has no way back. */
const shownBy: Readonly<Partial<Record<ProbeId, string>>> = {
  'access-log': 'tail -n 50 /var/log/nginx/access.log',
  'backend-units': 'systemctl --failed; journalctl -p err --since -30min',
  disk: 'df -h; df -i',
  mac: 'ausearch -m AVC -ts recent',
  'nginx-processes': 'ps -C nginx -o pid,ppid,user,lstart,args',
  'nginx-unit': 'systemctl status nginx; journalctl -u nginx -n 40',
  pressure: 'uptime; cat /proc/pressure/cpu /proc/pressure/memory /proc/pressure/io',
}

function toRead(facts: Facts): readonly OneMoreQuestion[] {
  return Object.values(facts).flatMap((fact) => {
    const command = fact.known ? undefined : Object.entries(shownBy).find(([probe]) => probe === fact.source.probe)?.[1]
    return fact.known || command === undefined ? [] : [{ command, why: fact.reason, probe: null }]
  })
}

function weightOf(reason: string, { findings, unjudged, unseen }: Told): number {
  // A snapshot of an older version lacks probes: that is no gap on the host.
  if (reason === '' || reason === 'it was not asked') return 0
  const named = (texts: readonly string[]): number => texts.filter((text) => text.includes(reason)).length
  const questions = findings.slice(0, 2).flatMap(({ openQuestions }) => openQuestions)
  return (
    weights.open * named(questions.map(({ because }) => because)) +
    weights.unseen * Math.min(1, named(unseen)) +
    weights.unjudged * Math.min(5, named(unjudged.map(({ because }) => because)))
  )
}

function nextLook(open: readonly Trouble[]): OneMoreQuestion | null {
  const line = open.flatMap(({ groups }) => groups)[0]?.line
  const question = line === undefined ? null : settlingQuestion(causesOf(line))
  return question === null ? null : { command: question.command, why: `it tells ${question.tells}`, probe: null }
}
