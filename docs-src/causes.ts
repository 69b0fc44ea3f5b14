import { causes, type Kind } from '../src/diagnosis/cause.ts'
import { rules } from '../src/rules/index.ts'
import { causeIds } from './cause-ids.ts'
import { causeSection } from './cause-section.ts'
import { code, generated, page, table } from './markdown.ts'
import { ruleExample } from './rule-example.ts'

const kinds: Readonly<Record<Kind, string>> = {
  cause: 'the root of a failure',
  symptom: 'true, but another cause explains it',
  latent: 'a mistake that does not hurt yet',
  notice: 'no gateway fault, said so plainly',
}

/** docs/causes.md: every id of the catalogue; what each rule means, how it tells, and a finding on a recorded host. */
export async function causesPage(): Promise<string> {
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  const judged = causeIds.filter((id) => byId.has(id))
  const named = causeIds.filter((id) => !byId.has(id))
  const sections = await Promise.all(judged.map(async (id) => causeSection(id, await ruleExample(id))))
  return page([
    generated('src/diagnosis/cause.ts, src/rules and the captures in test/rules'),
    '# Causes',
    `Ids are stable: they stand in the JSON, in Slack, in the audit and in dashboards. ${foundWords(judged.length, causeIds.length)} Where something fails and no rule fits, the verdict is "undetermined".`,
    table(
      ['kind', 'means'],
      Object.entries(kinds).map(([kind, means]) => [kind, means]),
    ),
    '## With a rule',
    'Without a fact of "needs" the rule is not run and is listed as unjudged, with the reason. Without one of "settled by" a finding is *likely* at most.',
    table(
      ['id', 'kind', 'what is true on the host', 'needs', 'settled by'],
      judged.map((id) => {
        const rule = byId.get(id)
        return [code(id), causes[id].kind, causes[id].title, list(rule?.needs), list(rule?.settles)]
      }),
    ),
    ...(named.length === 0
      ? []
      : [
          '## Without a rule yet',
          table(
            ['id', 'kind', 'what is true on the host'],
            named.map((id) => [code(id), causes[id].kind, causes[id].title]),
          ),
        ]),
    '## One by one',
    'Each example is the first capture of the rule under test/rules, judged by this version; the command before the evidence is what a person would type to see the same.',
    ...sections,
  ])
}

function foundWords(judged: number, all: number): string {
  if (judged === all) return `All ${all} have a rule and can be found.`
  return `${judged} of ${all} have a rule in this version and can be found. The others can only be named beside a finding, as a look-alike that was ruled out or could not be judged.`
}

function list(facts: readonly string[] = []): string {
  return facts.length === 0 ? '–' : facts.join(', ')
}
