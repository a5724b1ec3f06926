// A verdict on an answer: a thumb, and where it does not help the reasons.

import { element } from "../dom.js";

const REASONS = ["incorrect", "incomplete", "unclear", "source", "other"];
const LONGEST_COMMENT = 1000;

let comments = 0;

async function send(body, { server, strings }) {
  try {
    const response = await fetch(`${server}/v1/feedback`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials: "omit",
    });
    if (response.ok) return strings.feedback_thanks;
    return response.status === 404 || response.status === 405 ? strings.feedback_absent : strings.feedback_failed;
  } catch {
    return strings.feedback_failed;
  }
}

/** The form with reasons; `done(body)` gets what was ticked. */
function reasonsForm(strings, done) {
  comments += 1;
  const id = `comment-${comments}`;
  const boxes = REASONS.map((name) => element("input", { type: "checkbox", name, id: `${id}-${name}` }));
  const comment = element("textarea", { id, rows: 2, maxlength: LONGEST_COMMENT, "aria-describedby": `${id}-hint` });
  const submit = (event) => {
    event.preventDefault();
    const reasons = boxes.filter((box) => box.checked).map((box) => box.name);
    const text = comment.value.trim();
    done({ reasons, ...(text ? { comment: text } : {}) });
  };
  return element(
    "form",
    { class: "part sheet", submit },
    element(
      "fieldset",
      {},
      element("legend", {}, strings.feedback),
      boxes.map((box) => element("label", { class: "tick", for: box.id }, box, strings[box.name])),
    ),
    element("label", { for: id }, strings.comment),
    comment,
    element("p", { class: "quiet", id: `${id}-hint` }, strings.comment_hint),
    element("button", { class: "button main", type: "submit" }, strings.feedback_send),
  );
}

/** The two thumbs, and where their form opens; `say` speaks what came of it. */
export function feedbackPart(answer, conversationId, shown, say) {
  if (!answer.receipt_id) return null;
  const { strings } = shown;
  const place = element("div", { class: "opened" });
  const told = element("p", { class: "quiet told", hidden: true });
  const give = async (verdict, rest) => {
    for (const thumb of thumbs) thumb.disabled = true;
    place.replaceChildren();
    told.textContent = await send(
      { receipt_id: answer.receipt_id, verdict, ...rest, ...(conversationId ? { conversation_id: conversationId } : {}) },
      shown,
    );
    told.hidden = false;
    say(told.textContent);
  };
  const good = element("button", { class: "icon", type: "button", "aria-label": strings.good, title: strings.good, click: () => pick(good, "good") }, thumbIcon());
  const bad = element("button", { class: "icon down", type: "button", "aria-label": strings.bad, title: strings.bad, "aria-expanded": "false", click: () => pick(bad, "bad") }, thumbIcon());
  const thumbs = [good, bad];
  const pick = (thumb, verdict) => {
    if (verdict === "good") {
      thumb.setAttribute("aria-pressed", "true");
      give("good", {});
      return;
    }
    const isOpen = bad.getAttribute("aria-expanded") === "true";
    bad.setAttribute("aria-expanded", String(!isOpen));
    if (isOpen) {
      place.replaceChildren();
      return;
    }
    const form = reasonsForm(strings, (body) => {
      bad.setAttribute("aria-expanded", "false");
      bad.setAttribute("aria-pressed", "true");
      give("bad", body);
    });
    place.replaceChildren(form);
    form.querySelector("input").focus();
  };
  return { thumbs, place, told };
}

function thumbIcon() {
  return drawing("M7 21H4a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1h3m0 11V10m0 11h9.500a2 2 0 0 0 2-1.600l1.400-7a2 2 0 0 0-2-2.400H14V5.500A2.500 2.500 0 0 0 11.500 3L7 10");
}

/** A line drawing of 24 by 24, without meaning to who cannot see it. */
export function drawing(path) {
  const image = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  for (const [name, value] of [["viewBox", "0 0 24 24"], ["aria-hidden", "true"], ["focusable", "false"]]) image.setAttribute(name, value);
  line.setAttribute("d", path);
  image.append(line);
  return image;
}
