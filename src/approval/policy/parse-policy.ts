import { basename } from 'node:path'
import { readYaml, type YamlFile } from '../../config-yaml.ts'
import { hashed } from './hashed.ts'
import type { Diagnosers, Freeze, HostMatch, People, Policy, PolicyHost, Risk, Rule, Terms, Window } from './policy.ts'
import { policySchema, type WrittenHosts, type WrittenPolicy, type WrittenRule } from './policy-schema.ts'
import { checkHosts, checkNames, type Complain } from './spelling.ts'
import { days } from './window.ts'

/**
 * Reads the text of a policy file for the hosts of this inventory. Pure. Throws ConfigError with `file:line: key what is wrong`: also for people,
 * hosts, groups and labels that nobody has, with the spelling that somebody has.
 */
export function parsePolicy(content: string, path: string, hosts: readonly PolicyHost[]): Policy {
  const file = readYaml(content, path, policySchema)
  const { data, error } = file
  const reading: Reading = { file, source: basename(path), hosts }
  return hashed({
    source: reading.source,
    diagnose: diagnosersOf(reading),
    mute: data.mute === 'members' ? null : peopleOf(data.mute.people, ['mute', 'people'], reading),
    rules: data.rules.map((rule, index) => ruleOf(rule, index, reading)),
    freezes: data.freezes.map(({ hosts: on, from, until, because }, index): Freeze => {
      const begin = from === undefined ? 0 : Date.parse(from)
      if (Date.parse(until) <= begin) throw error(['freezes', index, 'until'], 'must be after from')
      return {
        hosts: matchOf(on, ['freezes', index, 'hosts'], reading),
        from: begin,
        until: Date.parse(until),
        because,
      }
    }),
    limits: data.limits,
  })
}

interface Reading {
  readonly file: YamlFile<WrittenPolicy>
  readonly source: string
  readonly hosts: readonly PolicyHost[]
}

function diagnosersOf(reading: Reading): Diagnosers | null {
  const { diagnose } = reading.file.data
  if (diagnose === 'anyone') return null
  const { people, channels } = diagnose
  const named = people === undefined ? nobody : peopleOf(people, ['diagnose', 'people'], reading)
  return { anyone: people === undefined, ...named, channels: channels ?? null }
}

function ruleOf(rule: WrittenRule, index: number, reading: Reading): Rule {
  const { file, source } = reading
  const key = ['rules', index] as const
  const approvers = peopleOf(rule.approvers, [...key, 'approvers'], reading)
  const line = file.lineOf(key)
  const terms = {
    start: termsOf(rule, 'start', [...key, 'start'], reading),
    reload: termsOf(rule, 'reload', [...key, 'reload'], reading),
    restart: termsOf(rule, 'restart', [...key, 'restart'], reading),
  }
  if (!canBeTwo(approvers) && Object.values(terms).some(({ persons }) => persons === 2))
    throw file.error([...key, 'approvers'], 'names one person, and the rule asks for two')
  const { contacts, afterMinutes } = rule.escalate
  return {
    where: line === null ? source : `${source}:${line}`,
    hosts: matchOf(rule.hosts, [...key, 'hosts'], reading),
    approvers,
    terms,
    channels: rule.channels ?? null,
    escalation: { contacts, afterMinutes },
    announce: rule.announce ?? null,
    secondFactor: rule.secondFactor,
    watchSeconds: rule.watchSeconds,
  }
}

/** A group may have any number of members; nobody at all is a rule that forbids. */
function canBeTwo({ users, groups }: People): boolean {
  return groups.length > 0 || users.length !== 1
}

function termsOf(rule: WrittenRule, risk: Risk, key: readonly PropertyKey[], { file }: Reading): Terms {
  const { windows, ...terms } = rule[risk]
  if (terms.breakGlass && rule.announce === undefined)
    throw file.error([...key, 'breakGlass'], 'needs announce: the channel that hears of it at once')
  const held = windows?.map((window, index): Window => {
    const [from, to] = [minutesOf(window.from), minutesOf(window.to)]
    if (from === to) throw file.error([...key, 'windows', index, 'to'], 'must be another time than from')
    return { days: window.days.map((day) => days.indexOf(day)), from, to, zone: window.zone }
  })
  return { ...terms, windows: held ?? null }
}

/** "02:30" is 150. */
function minutesOf(clock: string): number {
  const [hours = '', minutes = ''] = clock.split(':')
  return Number(hours) * 60 + Number(minutes)
}

const nobody: People = { users: [], groups: [] }

function peopleOf(names: readonly string[], key: readonly PropertyKey[], { file }: Reading): People {
  const { people } = file.data
  const complain: Complain = (what) => file.error(key, what)
  checkNames(names, Object.keys(people), {
    none: 'no set of people has that name',
    whose: 'people of this file',
    complain,
  })
  const sets = names.map((name) => people[name] ?? nobody)
  return {
    users: [...new Set(sets.flatMap(({ users }) => users))],
    groups: [...new Set(sets.flatMap(({ groups }) => groups))],
  }
}

function matchOf(written: WrittenHosts, key: readonly PropertyKey[], { file, hosts }: Reading): HostMatch {
  if (written === 'all') return { all: true, names: [], groups: [], labels: {} }
  const { names = [], groups = [], labels = {} } = written
  if (names.length + groups.length + Object.keys(labels).length === 0)
    throw file.error(key, 'fits no host: name hosts, groups or labels, or write all')
  const match = { all: false, names, groups, labels }
  checkHosts(match, hosts, (part, what) => file.error([...key, ...part], what))
  return match
}
