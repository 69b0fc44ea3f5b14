import { actionsPage } from './actions.ts'
import { causesPage } from './causes.ts'
import { configurationPage } from './configuration.ts'
import { diagnosisJsonSchema } from './diagnosis-schema.ts'
import { layOutScriptFile } from './nginx-host.ts'
import { policyPage } from './policy.ts'
import { probesPage } from './probes.ts'
import { architecturePage } from './rooms.ts'

/** Every generated file: path from the project's root, and its text. */
export async function pages(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['ARCHITECTURE.md', architecturePage()],
    ['deploy/nginx-host/lay-out.sh', layOutScriptFile()],
    ['docs/actions.md', actionsPage()],
    ['docs/causes.md', await causesPage()],
    ['docs/configuration.md', configurationPage()],
    ['docs/diagnosis.schema.json', diagnosisJsonSchema()],
    ['docs/policy.md', policyPage()],
    ['docs/probes.md', probesPage()],
  ])
}
