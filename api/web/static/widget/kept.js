// The conversation, kept in this tab and nowhere else, so that it goes on after a change of page.

const NOTHING = { id: null, turns: [], pinned: null, open: null, language: null };

/** What was kept under `name`; `pinned` null: nothing was chosen yet. */
export function recall(name) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(name) || "null");
    if (!Array.isArray(kept?.turns) || kept.turns.some((turn) => !turn?.question || !turn.answer?.status)) return { ...NOTHING, turns: [] };
    return { ...NOTHING, ...kept };
  } catch {
    return { ...NOTHING, turns: [] };
  }
}

/** Keep it; where the browser does not allow that, it lasts until the page is left. */
export function keep(name, conversation) {
  try {
    sessionStorage.setItem(name, JSON.stringify(conversation));
  } catch {
    // Full or forbidden.
  }
}
