/** Reads how a recorded account was added up where flows are declared: territory by territory, each with its flows. */
import type { EntityManager } from 'typeorm';
import { type AccountRecord, findAccountsById, listChildren, listLines } from '../account/account.store';
import type { DeclaredFlow } from './declared-flow';
import { FlowsOfVintageUnknown } from './errors';
import { listFlowsByPlace, readKnownFlows } from './flows-between.store';
import type { AddedAccount } from './known-flows';
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
  if (whole.origin !== 'aggregated') return undefined;
  const flowsOf = normId === whole.norm.id ? await ownFlows(tx, whole) : await otherFlows(tx, whole, normId);
  if (!flowsOf) return undefined;
  const read = async (record: AccountRecord): Promise<FlowTree> => {
    const { territory, origin } = record;
    if (origin !== 'aggregated') return { territory, flows: [], children: [] };
    const parts = await listChildren(tx, record.id);
    const below = await findAccountsById(
      tx,
      parts.map(({ accountId }) => accountId),
    );
    const children: FlowTree[] = [];
    for (const child of below) {
      if (child.origin !== 'divided') children.push(await read(child));
      // The shares of what was split are drawn as the whole that was observed, once for all successors.
      else
        for (const { territory: source } of await listChildren(tx, child.id)) {
          if (children.every((one) => one.territory !== source)) {
            children.push({ territory: source, flows: [], children: [] });
          }
        }
    }
    return { territory, flows: flowsOf({ record, children: parts }), children };
  };
  const tree = await read(whole);
  return flowsIn(tree).length > 0 ? tree : undefined;
}

type FlowsOf = (added: AddedAccount) => readonly DeclaredFlow[];

/** Where its digest does not tell, as to a reader who may not see every declaration, those that its lines name. */
async function ownFlows(
  tx: EntityManager,
  { id, territory, norm, period }: AccountRecord,
): Promise<FlowsOf | undefined> {
  const known = await readKnownFlows(tx, norm.id, period);
  const lines = (await listLines(tx, [id])).get(id)!;
  const named = new Set(lines.flatMap(({ flow }) => flow ?? []));
  if ([...named].some((flow) => !known.has(flow))) throw new FlowsOfVintageUnknown(territory, period);
  if (known.areNone) return undefined;
  return (added) => (known.of(added) ?? known.at(added.record, named)).map(({ flow }) => flow);
}

async function otherFlows(tx: EntityManager, { period }: AccountRecord, normId: string): Promise<FlowsOf | undefined> {
  const places = await listFlowsByPlace(tx, normId, period);
  if (places.size === 0) return undefined;
  return ({ record }) => (places.get(record.path) ?? []).map(({ flow }) => flow);
}
