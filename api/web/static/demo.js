// On the demo page a question to start from goes to the widget.

for (const link of document.querySelectorAll("[data-question]")) {
  link.addEventListener("click", (event) => {
    const chat = document.querySelector("loket-chat");
    if (!chat) return; // the link itself is answered by the server
    event.preventDefault();
    chat.ask(link.dataset.question);
  });
}
