/** A proposed rule edition, read back as the rule to decide by. */
import { assert, type UnitDefinition, UnitTable } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import type { NormFile } from '../norm/norm';
import { parseRule } from '../policy/parse-rule';
import type { PolicyRule } from '../policy/rule';
import { PolicyEditionNotFound } from './errors';

/** Editions kept in memory: they never change, and a process meets few of them. */
const maxKept = 64;
const kept = new Map<string, PolicyRule>();

/** A proposed edition as the rule to decide by, with the units of the day it was proposed. @throws PolicyEditionNotFound */
export async function getPolicyEdition(tx: EntityManager, edition: string): Promise<PolicyRule> {
  const rule = kept.get(edition) ?? (await readEdition(tx, edition));
  kept.delete(edition);
  kept.set(edition, rule);
  const [oldest] = kept.keys();
  if (kept.size > maxKept) kept.delete(oldest);
  return rule;
}

async function readEdition(tx: EntityManager, edition: string): Promise<PolicyRule> {
  const [stored] = (await tx.query(`select file, units from rulebook.policy_edition where edition = $1`, [
    edition,
  ])) as { file: NormFile; units: UnitDefinition[] }[];
  if (!stored) throw new PolicyEditionNotFound(edition);
  const { rule, problems } = parseRule(stored.file, new UnitTable(stored.units));
  // It passed the checks when it was proposed, so a failure here is a bug of ours and no refusal.
  assert(rule, `proposed edition ${edition} can no longer be read: ${problems[0]?.text.en}`);
  return { ...rule, edition };
}
