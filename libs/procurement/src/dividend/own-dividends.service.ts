/** What a household sees: its own lines, and proofs that they are among lines which sum to the fund; of others nothing. */
import { Injectable } from '@nestjs/common';
import { type Actor, Database, rootPath } from '@gep/platform';
import { getSubject } from '@gep/procedure';
import { assert } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import { hashesOfLine, type LineProof, proveLine, type TreeStretch } from '../sum-tree/line-proof';
import type { Dividend, DividendLine } from './dividend';
import { listLines, listOwnLines } from './dividend-line.store';
import { standingOf, subjectOf } from './dividend.service';
import { getDividend, listDividends, readTreeSecret, stretchOf } from './dividend.store';
import { DividendMissing, DividendRefused } from './errors';

/** Reads what is beside an own line: figures of the whole that are published, and hashes. */
const prover: Actor = { id: 'system:prover', name: 'proofs of dividends', scope: [rootPath] };

/** One line of the person who asks, and the whole that it is part of. */
export interface OwnDividend {
  readonly dividend: Dividend;
  readonly line: DividendLine;
}

@Injectable()
export class OwnDividends {
  constructor(private readonly database: Database) {}

  /** Lines of the owners that the person is linked to; the latest period first. */
  async list(actor: Actor): Promise<OwnDividend[]> {
    const own = await this.database.snapshot(actor, (tx) => listOwnLines(tx, actor));
    if (own.length === 0) return [];
    return this.database.snapshot(prover, async (tx) => {
      const dividends = await listDividends(tx, { ids: [...new Set(own.map(({ dividendId }) => dividendId))] });
      const found: OwnDividend[] = [];
      for (const dividend of dividends) {
        const owners = own.filter(({ dividendId }) => dividendId === dividend.id).map(({ owner }) => owner);
        const { state } = await getSubject(tx, subjectOf(dividend.id));
        if (state === 'withdrawn') continue;
        const standing = await standingOf(tx, dividend.id);
        for (const line of await listLines(tx, dividend.id, standing, { owners })) found.push({ dividend, line });
      }
      return found.sort((a, b) => (a.dividend.period > b.dividend.period ? -1 : 1));
    });
  }

  /** Proofs of the own lines of a dividend. @param named id or code @throws DividendMissing also when it is not theirs */
  async prove(actor: Actor, named: string): Promise<LineProof[]> {
    const { id, owners } = await ownersIn(this.database, actor, named);
    return this.database.snapshot(prover, (tx) => this.proofs(tx, id, owners));
  }

  /** The proof of the own line. @param owner needed where the person is linked to several. @throws as `ownerMeant` */
  async proveOne(actor: Actor, named: string, owner?: string): Promise<LineProof> {
    const proofs = await this.prove(actor, named);
    const meant = ownerMeant(
      named,
      proofs.map((each) => each.owner),
      owner,
    );
    return proofs.find((each) => each.owner === meant)!;
  }

  /** The proof of one line, for whoever may see the line. @throws DividendMissing */
  async proveFor(actor: Actor, named: string, owner: string): Promise<LineProof> {
    const { id, line } = await this.database.snapshot(actor, async (tx) => {
      const found = await getDividend(tx, named);
      return { id: found.id, line: (await listLines(tx, found.id, 'allotted', { owners: [owner] })).at(0) };
    });
    if (!line) throw new DividendMissing(named, owner);
    const [proof] = await this.database.snapshot(prover, (tx) => this.proofs(tx, id, [owner]));
    return proof;
  }

  private async proofs(tx: EntityManager, id: string, owners: readonly string[]): Promise<LineProof[]> {
    const secret = await readTreeSecret(tx, id);
    assert(secret, 'a dividend with lines has a tree');
    const proofs: LineProof[] = [];
    for (const line of await listLines(tx, id, 'allotted', { owners })) {
      const stretches: TreeStretch[] = [];
      for (const hash of hashesOfLine(secret.seed, line)) stretches.push(await stretchOf(tx, id, hash));
      const proof = proveLine(secret.seed, line, { tops: secret.tops, stretches });
      assert(proof, 'a line stands in the tree of its dividend');
      proofs.push(proof);
    }
    return proofs;
  }
}

/**
 * The dividend, and which of its owners the person is; row security gives the own lines and no others.
 * @param named id or code @throws DividendMissing also when it is not theirs
 */
export async function ownersIn(
  database: Database,
  actor: Actor,
  named: string,
): Promise<{ readonly id: string; readonly owners: readonly string[] }> {
  const own = await database.snapshot(actor, (tx) => listOwnLines(tx, actor));
  const { id } = await database.snapshot(prover, (tx) => getDividend(tx, named));
  const owners = own.filter(({ dividendId }) => dividendId === id).map(({ owner }) => owner);
  if (owners.length === 0) throw new DividendMissing(named);
  return { id, owners };
}

/** Which of the own lines of a dividend is meant. @throws DividendMissing also when it is not theirs, DividendRefused */
export function ownerMeant(id: string, owners: readonly string[], owner?: string): string {
  if (owner !== undefined && owners.includes(owner)) return owner;
  if (owner !== undefined || owners.length === 0) throw new DividendMissing(id, owner);
  if (owners.length === 1) return owners[0];
  throw new DividendRefused(id, {
    zh: `您有 ${owners.join('、')} 几行；请写明是哪一行（--owner，或 owner）`,
    en: `the lines of ${owners.join(', ')} are yours; name the one that you mean (--owner, or owner)`,
  });
}
