/** Says what stands in the way of putting a rule in force, and which verbs take it away. */
import type { Bilingual } from '@gep/kernel';
import { confirmationReasons, type PolicyRule } from '@gep/rulebook';

export function sayNeeds(say: (text: Bilingual) => string, rule: PolicyRule | undefined): string[] {
  const reasons = rule ? confirmationReasons(rule) : [];
  if (reasons.length === 0) return [];
  const head = {
    zh: '此规则须由具名的人确认后才能启用（先 gep policy confirm，或在 gep policy adopt 时给出 --confirming）：',
    en: 'this rule can be put in force only when a named person confirms it (gep policy confirm first, or gep policy adopt with --confirming):',
  };
  return [say(head), ...reasons.map((reason) => `  - ${say(reason)}`)];
}
