/** Reads how a recorded account was added up where flows are declared: territory by territory, each with its flows. */
import { periodEnd } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import { type AccountRecord, findAccountsById, listChildren } from '../account/account.store';
import type { DeclaredFlow } from './declared-flow';
import { FlowsOfVintageUnknown } from './errors';
import { type AddedAccount, KnownFlows, listFlowsByPlace } from './flows-between.store';
import { flowsIn, type FlowTree } from './roll-up-lines';

/**
 * With the flows that the account was computed with, or those that are declared for another norm.
 * @returns undefined when there is no flow in all of it
 * @throws FlowsOfVintageUnknown
 */
export async function findFlowTree(
  tx: EntityManager,
  whole: AccountRecord,
  normId = whole.norm.id,
): Promise<FlowTree | undefined> {
  if (whole.origin === 'observed') return undefined;
  const flowsOf = normId === whole.norm.id ? await ownFlows(tx, whole) : await otherFlows(tx, whole, normId);
  if (!flowsOf) return undefined;
  const read = async (record: AccountRecord): Promise<FlowTree> => {
    const { territory, origin } = record;
    if (origin === 'observed') return { territory, flows: [], children: [] };
    const parts = await listChildren(tx, record.id);
    const below = await findAccountsById(
      tx,
      parts.map(({ accountId }) => accountId),
    );
    const children: FlowTree[] = [];
    for (const child of below) children.push(await read(child));
    return { territory, flows: flowsOf({ record, children: parts }), children };
  };
  const tree = await read(whole);
  return flowsIn(tree).length > 0 ? tree : undefined;
}

type FlowsOf = (added: AddedAccount) => readonly DeclaredFlow[];

async function ownFlows(tx: EntityManager, { norm, period }: AccountRecord): Promise<FlowsOf | undefined> {
  const known = await KnownFlows.read(tx, norm.id, period);
  if (known.areNone) return undefined;
  return (added) => {
    const flows = known.of(added);
    if (!flows) throw new FlowsOfVintageUnknown(added.record.territory, period);
    return flows.map(({ flow }) => flow);
  };
}

async function otherFlows(tx: EntityManager, { period }: AccountRecord, normId: string): Promise<FlowsOf | undefined> {
  const places = await listFlowsByPlace(tx, normId, periodEnd(period));
  if (places.size === 0) return undefined;
  return ({ record }) => (places.get(record.path) ?? []).map(({ flow }) => flow);
}
