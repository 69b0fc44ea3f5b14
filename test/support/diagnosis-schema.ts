import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'

const ajv = new Ajv2020({
  allErrors: true,
  formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/ },
})
const validate = ajv.compile(JSON.parse(readFileSync('docs/diagnosis.schema.json', 'utf8')))

/** What of a diagnosis, as JSON, is not as docs/diagnosis.schema.json says; empty when all is. */
export function schemaErrors(json: unknown): readonly string[] {
  return validate(json) ? [] : [ajv.errorsText(validate.errors)]
}
