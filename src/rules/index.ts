import type { Rule } from '../diagnosis/rule.ts'
import { backendDown } from './backend-down.ts'
import type { Knowledge } from './knowledge.ts'

/** Every rule, in the order of docs/causes.md. Order decides nothing: findings are ranked by what they say. */
export const rules: readonly Rule<Knowledge>[] = [backendDown]
