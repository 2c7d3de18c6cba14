/** The rule that a request means: a proposed edition, a rule of the rulebook, or a text; exactly one of them. */
import { Injectable } from '@nestjs/common';
import type { Actor } from '@gep/platform';
import { getPolicyEdition, loadPolicy, readPolicyText, RulebookFolder, type PolicyRule } from '@gep/rulebook';
import { Snapshots } from '../answer/snapshots.service';
import { refuseField } from '../problem/errors';

@Injectable()
export class ChosenRules {
  constructor(
    private readonly folder: RulebookFolder,
    private readonly snapshots: Snapshots,
  ) {}

  /** @throws PolicyEditionNotFound, PolicyNotFound, PolicyRefused with every problem, RequestRefused */
  async choose(
    actor: Actor,
    { edition, preset, text }: { readonly edition?: string; readonly preset?: string; readonly text?: string },
  ): Promise<PolicyRule> {
    const given = [edition, preset, text].filter((one) => one !== undefined);
    if (given.length !== 1)
      throw refuseField('preset', 'notOne', {
        zh: '请给出一条规则：edition、preset 或 text，恰好其一',
        en: 'give one rule: edition, preset or text, exactly one of them',
      });
    if (edition !== undefined) return this.snapshots.read(actor, (tx) => getPolicyEdition(tx, edition));
    if (preset !== undefined) return loadPolicy(preset, this.folder.path);
    return readPolicyText({ path: 'rule.yaml', text: text! }, this.folder.path);
  }
}
