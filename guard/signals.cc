#include "guard/signals.h"

#include <sys/signalfd.h>

#include <initializer_list>

namespace composelint::guard {

namespace {

Descriptor descriptor_for(const sigset_t& set) {
  return above_standard(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
}

}  // namespace

Signals::Signals() {
  sigemptyset(&kept_);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    struct sigaction now {};
    ::sigaction(number, nullptr, &now);
    // nohup, and shells that put a job into the background. The docker client takes these two back,
    // whoever ignored them: `docker compose up & … kill -INT $!`.
    const bool taken_back = number == SIGINT || number == SIGTERM;
    if (now.sa_handler != SIG_IGN || taken_back) sigaddset(&kept_, number);
  }
  ::sigaction(SIGPIPE, nullptr, &pipe_);
  // Ignored, it would take the exit statuses of children away.
  struct sigaction usual {};
  usual.sa_handler = SIG_DFL;
  ::sigaction(SIGCHLD, &usual, &child_);
  sigset_t children{};
  sigemptyset(&children);
  sigaddset(&children, SIGCHLD);
  ::sigprocmask(SIG_BLOCK, &children, &mask_);
  kept_descriptor_ = descriptor_for(kept_);
  child_descriptor_ = descriptor_for(children);
}

Signals::~Signals() {
  if (held_) static_cast<void>(collect());
  drain_children();
  ::sigaction(SIGPIPE, &pipe_, nullptr);
  ::sigaction(SIGCHLD, &child_, nullptr);
  ::sigprocmask(SIG_SETMASK, &mask_, nullptr);
}

void Signals::hold() {
  if (held_) return;
  held_ = true;
  defer();
  // A report that nobody reads any more must not end what has begun.
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &ignore, nullptr);
}

void Signals::defer() const {
  ::sigprocmask(SIG_BLOCK, &kept_, nullptr);
}

void Signals::undefer() const {
  if (held_) return;
  sigset_t with_children = mask_;
  sigaddset(&with_children, SIGCHLD);
  ::sigprocmask(SIG_SETMASK, &with_children, nullptr);
}

bool Signals::collect() {
  bool any = false;
  signalfd_siginfo info{};
  while (::read(kept_descriptor_.get(), &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
    came_.push_back({static_cast<int>(info.ssi_signo), info.ssi_code == SI_KERNEL});
    any = true;
  }
  return any;
}

CameSignal Signals::take() {
  const CameSignal first = came_.front();
  came_.pop_front();
  return first;
}

void Signals::drain_children() const {
  signalfd_siginfo info{};
  while (::read(child_descriptor_.get(), &info, sizeof info) > 0) {
  }
}

void Signals::restore_in_child() const {
  ::sigaction(SIGPIPE, &pipe_, nullptr);
  ::sigaction(SIGCHLD, &child_, nullptr);
  ::sigprocmask(SIG_SETMASK, &mask_, nullptr);
}

}  // namespace composelint::guard
