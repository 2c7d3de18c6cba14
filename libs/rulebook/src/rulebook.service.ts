/** Use cases of the rulebook: publishing an edition, and reading a published one back as a norm to compute with. */
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { assert, UnitTable } from '@gep/kernel';
import { appendAudit, Database, type Actor } from '@gep/platform';
import { NormIsSkeleton } from './errors';
import type { NormEdition } from './norm/norm';
import { canonicalContent, contentVersion } from './norm/norm-content';
import { parseNorm } from './norm/parse-norm';
import {
  findCurrentEdition,
  getEdition,
  insertEdition,
  insertPublication,
  lockNorm,
  type StoredEdition,
} from './rulebook.store';

/** What publishing did. */
export interface NormPublication {
  readonly normId: string;
  readonly edition: string;
  /** The edition that was in force before; null for the first one. */
  readonly replaced: string | null;
  /** False when this edition was in force already. */
  readonly changed: boolean;
}

/** Norms kept in memory: an edition never changes, and a process meets few of them. */
const maxKept = 32;

@Injectable()
export class RulebookService {
  private readonly kept = new Map<string, NormEdition>();

  constructor(private readonly database: Database) {}

  /**
   * Puts an edition in force, in one transaction with its audit row. The edition in force again changes nothing.
   * The caller has checked that the actor may do this.
   * @throws NormIsSkeleton
   */
  async publish(actor: Actor, norm: NormEdition): Promise<NormPublication> {
    if (norm.status === 'skeleton') throw new NormIsSkeleton(norm.id, norm.incomplete);
    const { id: normId, edition, title, files } = norm;
    const content = canonicalContent(norm, norm.units);
    return this.database.transaction(actor, async (tx) => {
      await lockNorm(tx, normId);
      const replaced = (await findCurrentEdition(tx, normId)) ?? null;
      if (replaced === edition) return { normId, edition, replaced, changed: false };
      await insertEdition(tx, { normId, edition, title, content, files, units: norm.units.definitions });
      await insertPublication(tx, normId, edition);
      await appendAudit(tx, {
        actor,
        action: 'norm.published',
        subject: normId,
        before: replaced === null ? undefined : { edition: replaced },
        after: { edition, title },
      });
      return { normId, edition, replaced, changed: true };
    });
  }

  /**
   * A published norm as it was published, with the units of that time.
   * @param edition the one in force when absent
   * @throws EditionNotFound
   */
  async getNorm(tx: EntityManager, normId: string, edition?: string): Promise<NormEdition> {
    const kept = edition === undefined ? undefined : this.kept.get(edition);
    if (kept?.id === normId) return kept;
    const stored = await getEdition(tx, normId, edition);
    const norm = this.kept.get(stored.edition) ?? readAgain(stored);
    this.keep(norm);
    return norm;
  }

  private keep(norm: NormEdition): void {
    this.kept.delete(norm.edition);
    this.kept.set(norm.edition, norm);
    const [oldest] = this.kept.keys();
    if (this.kept.size > maxKept) this.kept.delete(oldest);
  }
}

/** The checks have passed when it was published, so a failure here is a bug of ours and no refusal. */
function readAgain({ edition, content, files, units }: StoredEdition): NormEdition {
  const { norm, problems } = parseNorm(files, new UnitTable(units));
  assert(norm, `published edition ${edition} can no longer be read: ${problems[0]?.text.en}`);
  const { contentVersion: writtenAs } = JSON.parse(content) as { contentVersion?: number };
  assert(
    writtenAs !== contentVersion || norm.edition === edition,
    `published edition ${edition} reads as ${norm.edition}`,
  );
  return { ...norm, edition };
}
