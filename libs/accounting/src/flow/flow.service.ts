/** Use cases of declared flows: declare one, withdraw one. Accounts follow with the next recomputation. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Fraction, parseTerritoryCode } from '@gep/kernel';
import { answerOnce, appendAudit, Database, type Actor } from '@gep/platform';
import { EditionNotFound, findCurrentEdition, RulebookService } from '@gep/rulebook';
import { codesOfPath, getTerritory, isWithin, pathsOf } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { checkDeclaration } from './check-declaration';
import { commonPath, type DeclaredFlow, type PlacedFlow, type RecordedFlow } from './declared-flow';
import { FlowMissing, FlowOutsideTerritory, FlowRefused, FlowWithdrawn } from './errors';
import { insertFlow, insertWithdrawal, listFlows, lockFlows } from './flow.store';

/** What somebody wishes to declare; numbers are decimals or fractions as text. */
export interface FlowWish extends Omit<DeclaredFlow, 'id' | 'amount' | 'item' | 'until'> {
  readonly item?: string;
  readonly until?: string;
  /** Either this, */
  readonly share?: string;
  /** or both of these. */
  readonly quantity?: string;
  readonly unit?: string;
}

/** `replayed`: the same command had been carried out before, and this is its answer of that time. */
export interface FlowAnswer {
  readonly id: string;
  readonly replayed: boolean;
}

@Injectable()
export class FlowService {
  constructor(
    private readonly database: Database,
    private readonly rulebook: RulebookService,
  ) {}

  /**
   * Declares a flow, with its audit row. What is declared is kept for ever; accounts of the territories above both ends take it
   * into account when they are next computed. The caller has checked that the actor may compute in his scope.
   * @throws InvalidTerritoryCode, TerritoryMissing, EditionNotFound, FlowRefused, FlowOutsideTerritory, IdempotencyConflict
   */
  async declareFlow(actor: Actor, wish: FlowWish, idempotencyKey: string): Promise<FlowAnswer> {
    return this.database.transaction(actor, async (tx) => {
      const command = { actor, key: idempotencyKey, action: 'accounting.flow.declare', body: wish };
      const { response, replayed } = await answerOnce(tx, command, async () => {
        const placed = await placeFlow(tx, { ...wish, id: randomUUID() });
        const { flow } = placed;
        const common = commonPath(placed);
        requireScope(actor, common);
        await lockFlows(tx, flow.normId);
        const edition = await findCurrentEdition(tx, flow.normId);
        if (edition === undefined) throw new EditionNotFound(flow.normId);
        const norm = await this.rulebook.getNorm(tx, flow.normId, edition);
        checkDeclaration(placed, norm, await listStanding(tx, flow));
        await insertFlow(tx, placed, actor);
        const after = { ...flow, amount: wish.share ?? `${wish.quantity} ${wish.unit}` };
        const { id } = flow;
        await appendAudit(tx, { actor, action: 'flow.declared', subject: id, territoryPath: common, after });
        return { id };
      });
      return { ...response, replayed };
    });
  }

  /**
   * Withdraws a declaration: accounts computed from now on do not know it, those that were stay as they are.
   * @throws FlowMissing, FlowOutsideTerritory, FlowWithdrawn, IdempotencyConflict
   */
  async withdrawFlow(
    actor: Actor,
    { id, reason }: { readonly id: string; readonly reason: string },
    idempotencyKey: string,
  ): Promise<FlowAnswer> {
    return this.database.transaction(actor, async (tx) => {
      const command = { actor, key: idempotencyKey, action: 'accounting.flow.withdraw', body: { id, reason } };
      const { response, replayed } = await answerOnce(tx, command, async () => {
        const [seen] = await listFlows(tx, { ids: [id] });
        if (!seen) throw new FlowMissing(id);
        await lockFlows(tx, seen.normId);
        const [flow] = await listFlows(tx, { ids: [id] });
        const [placed] = await placeAll(tx, [flow]);
        const common = commonPath(placed);
        if (flow.withdrawn) throw new FlowWithdrawn(id, flow.withdrawn.at);
        requireScope(actor, common);
        await insertWithdrawal(tx, id, reason, actor);
        const after = { reason };
        await appendAudit(tx, { actor, action: 'flow.withdrawn', subject: id, territoryPath: common, after });
        return { id };
      });
      return { ...response, replayed };
    });
  }
}

/** @throws FlowRefused when the amount is no number, InvalidTerritoryCode, TerritoryMissing */
async function placeFlow(tx: EntityManager, wish: FlowWish & { readonly id: string }): Promise<PlacedFlow> {
  const { share, quantity, unit, item = null, until = null, ...rest } = wish;
  const [supplier, beneficiary] = [parseTerritoryCode(rest.supplier), parseTerritoryCode(rest.beneficiary)];
  const refuse = (zh: string, en: string): FlowRefused =>
    new FlowRefused(rest.service, supplier, beneficiary, { zh, en });
  if ((share === undefined) === (quantity === undefined) || (quantity === undefined) !== (unit === undefined)) {
    throw refuse('请给出份额，或给出数量及其单位', 'give a share, or a quantity with its unit');
  }
  const number = Fraction.parse(share ?? quantity!);
  if (!number) throw refuse(`“${share ?? quantity}”不是数`, `"${share ?? quantity}" is no number`);
  const amount = unit === undefined ? { share: number } : { quantity: number, unit };
  return {
    flow: { ...rest, supplier, beneficiary, item, until, amount },
    supplierPath: (await getTerritory(tx, supplier, rest.from)).path,
    beneficiaryPath: (await getTerritory(tx, beneficiary, rest.from)).path,
  };
}

async function listStanding(tx: EntityManager, { normId, service }: DeclaredFlow): Promise<PlacedFlow[]> {
  return placeAll(tx, await listFlows(tx, { normId, service, standing: true }));
}

/** Where the ends lay when each was declared to begin. */
async function placeAll(tx: EntityManager, flows: readonly RecordedFlow[]): Promise<PlacedFlow<RecordedFlow>[]> {
  return Promise.all(
    flows.map(async (flow) => {
      const paths = await pathsOf(tx, [flow.supplier, flow.beneficiary], flow.from);
      const pathOf = (code: string): string => paths.get(code) ?? '';
      return { flow, supplierPath: pathOf(flow.supplier), beneficiaryPath: pathOf(flow.beneficiary) };
    }),
  );
}

function requireScope({ scope }: Actor, common: string): void {
  if (!scope.some((path) => isWithin(common, path))) throw new FlowOutsideTerritory(codesOfPath(common).at(-1)!);
}
