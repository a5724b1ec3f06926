// Picking the right passage from what a search finds.

import { element } from "../dom.js";
import { search } from "./lookup.js";
import { placeOf } from "./passages.js";
import { empty, refused, say, waiting } from "./states.js";
import { t } from "./words.js";

let made = 0;

function option(name, value, policyId, checked, ...shown) {
  return element(
    "label",
    { class: "passage-choice" },
    element("input", { type: "radio", name, value, "data-policy": policyId, checked }),
    element("span", {}, shown),
  );
}

/**
 * A field to search with, filled with `question`, and the passages `found` to choose from.
 * `chosen` is what was chosen before, {policy_id, passage_id}. Gives {node, picked(), look()}.
 */
export function picker(question, found, chosen = null) {
  made += 1;
  const [name, id] = [`passage-${made}`, `picker-${made}`];
  const draw = (passages) => [
    option(name, "", null, !chosen, t("no_passage")),
    chosen && !passages.some((passage) => passage.passage_id === chosen.passage_id)
      ? option(name, chosen.passage_id, chosen.policy_id, true, t("chosen_before"), " ", element("span", { class: "soft" }, chosen.passage_id))
      : null,
    ...(passages.length
      ? passages.map((passage) =>
          option(name, passage.passage_id, passage.policy_id, passage.passage_id === chosen?.passage_id,
            placeOf(passage), element("span", { class: "policy-words clamped", lang: "nl" }, passage.text)))
      : [empty(t("found_none"))]),
  ].filter(Boolean);
  const choices = element("div", { class: "passage-choices" }, draw(found));
  const query = element("input", { class: "wide", type: "search", id, value: question, maxlength: 1000, autocomplete: "off" });
  const look = async () => {
    if (!query.value.trim()) return;
    choices.replaceChildren(waiting(3));
    try {
      const passages = await search(query.value.trim());
      choices.replaceChildren(...draw(passages));
      say(t("found_count", { count: passages.length }));
    } catch (refusal) {
      choices.replaceChildren(refused(refusal, look));
    }
  };
  query.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    look();
  });
  const node = element(
    "fieldset",
    {},
    element("legend", {}, t("right_passage")),
    element("div", { class: "search-row" },
      element("label", { class: "visually-hidden", for: id }, t("find_passage")), query,
      element("button", { class: "small", type: "button", click: look }, t("find_passage"))),
    choices,
  );
  return {
    node,
    look,
    picked() {
      const radio = choices.querySelector("input:checked");
      return radio?.value ? { passage_id: radio.value, policy_id: radio.dataset.policy } : null;
    },
  };
}
